//! The list of scenarios.

use super::session::Card;

/// The state of the gallery: what is typed as a filter, and which card is selected.
#[derive(Clone, Debug, Default)]
pub(super) struct Gallery {
    filter: String,
    /// Position among the cards that the filter lets through.
    row: usize,
}

impl Gallery {
    pub(super) fn filter(&self) -> &str {
        &self.filter
    }

    pub(super) fn set_filter(&mut self, filter: String) {
        self.filter = filter.to_lowercase();
        self.row = 0;
    }

    /// The cards that the filter lets through, as indexes.
    pub(super) fn shown(&self, cards: &[Card]) -> Vec<usize> {
        let matches = |card: &Card| {
            let expect = card.expect.as_deref().unwrap_or_default();
            let text = [&card.name, &card.title, &card.summary, &card.group, &card.topics.join(" ")];
            let text = text.iter().fold(expect.to_lowercase(), |all, part| format!("{all} {}", part.to_lowercase()));
            self.filter.split_whitespace().all(|word| text.contains(word))
        };
        (0..cards.len()).filter(|&index| matches(&cards[index])).collect()
    }

    /// The row that is selected.
    pub(super) fn row(&self) -> usize {
        self.row
    }

    /// The card that is selected.
    pub(super) fn selected(&self, cards: &[Card]) -> Option<usize> {
        self.shown(cards).get(self.row).copied()
    }

    pub(super) fn select_row(&mut self, row: usize, cards: &[Card]) {
        self.row = row.min(self.shown(cards).len().saturating_sub(1));
    }

    pub(super) fn step(&mut self, rows: isize, cards: &[Card]) {
        self.select_row(self.row.saturating_add_signed(rows), cards);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_filter_must_be_there() {
        let card = |title: &str, topics: &[&str]| Card {
            title: title.into(),
            topics: topics.iter().map(|&topic| topic.into()).collect(),
            ..Card::default()
        };
        let cards = [card("Bank", &["deadlock", "locks"]), card("Factory", &["queue"]), card("Ring", &["deadlock"])];
        let mut gallery = Gallery::default();
        assert_eq!(gallery.shown(&cards), [0, 1, 2]);
        gallery.set_filter("DEAD lock".into());
        assert_eq!(gallery.shown(&cards), [0, 2]);
        gallery.step(5, &cards);
        assert_eq!(gallery.selected(&cards), Some(2));
        gallery.set_filter("nothing such".into());
        assert_eq!(gallery.selected(&cards), None);
        gallery.step(-1, &cards);
    }
}
