//! The list of scenarios.

use crate::session::Card;

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

    /// Sets the filter, and selects the card of that name, or else the one that fits best.
    pub(super) fn set_filter(&mut self, filter: String, cards: &[Card]) {
        self.filter = filter.to_lowercase();
        let wanted = self.filter.trim();
        let rank = |card: &Card| {
            let name = card.name.to_lowercase();
            let stem = name.strip_suffix(".py").unwrap_or(&name);
            match () {
                () if wanted.is_empty() => 0,
                () if stem == wanted || name == wanted => 0,
                () if card.title.to_lowercase() == wanted => 1,
                () if stem.starts_with(wanted) => 2,
                () if stem.contains(wanted) || card.title.to_lowercase().contains(wanted) => 3,
                () => 4,
            }
        };
        let shown = self.shown(cards);
        self.row = (0..shown.len()).min_by_key(|&row| rank(&cards[shown[row]])).unwrap_or(0);
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
        gallery.set_filter("DEAD lock".into(), &cards);
        assert_eq!(gallery.shown(&cards), [0, 2]);
        gallery.step(5, &cards);
        assert_eq!(gallery.selected(&cards), Some(2));
        gallery.set_filter("nothing such".into(), &cards);
        assert_eq!(gallery.selected(&cards), None);
        gallery.step(-1, &cards);
    }

    #[test]
    fn the_card_of_that_name_is_selected_before_others_that_fit() {
        let card = |name: &str, title: &str, topic: &str| Card {
            name: name.into(),
            title: title.into(),
            topics: vec![topic.into()],
            ..Card::default()
        };
        let cards = [
            card("account_transfer.py", "Transfer", "deadlock"),
            card("self_deadlock.py", "Waiting for oneself", ""),
            card("deadlock.py", "Deadlock", ""),
        ];
        let mut gallery = Gallery::default();
        for (typed, selected) in
            [("deadlock", 2), ("Deadlock.py", 2), ("self", 1), ("d", 2), ("deadloc", 2), ("", 0), ("tra", 0)]
        {
            gallery.set_filter(typed.into(), &cards);
            assert_eq!(gallery.selected(&cards), Some(selected), "{typed}");
        }
    }
}
