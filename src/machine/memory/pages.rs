//! Tables by slot, of which most may be vacant: a thread gives each of its objects a slot, and never again one that was
//! shared, so the slots of a long run are many more than the objects that are left of it. A *page* holds a stretch of
//! slots, and its memory goes with the last thing in it.

/// So many bits of a slot's number say where it lies in its page.
const BITS: u32 = 8;
const PAGE: usize = 1 << BITS;

/// A table.
#[derive(Clone, Debug)]
pub(in crate::machine) struct Pages<T>(Vec<Option<Box<Page<T>>>>);

#[derive(Clone, Debug)]
struct Page<T> {
    /// As many as there can be, so that a look needs no length.
    slots: [Option<T>; PAGE],
    /// How many are not vacant.
    held: usize,
    /// Up to where they were filled so far.
    reached: usize,
}

impl<T> Page<T> {
    fn new() -> Box<Self> {
        Box::new(Page { slots: [const { None }; PAGE], held: 0, reached: 0 })
    }
}

impl<T> Default for Pages<T> {
    fn default() -> Self {
        Pages(Vec::new())
    }
}

fn place(slot: u32) -> (usize, usize) {
    ((slot >> BITS) as usize, slot as usize % PAGE)
}

impl<T> Pages<T> {
    /// What lies in the slot.
    #[inline]
    pub(in crate::machine) fn get(&self, slot: u32) -> Option<&T> {
        let (page, at) = place(slot);
        self.0.get(page)?.as_ref()?.slots[at].as_ref()
    }

    /// Likewise, to change it.
    #[inline]
    pub(in crate::machine) fn get_mut(&mut self, slot: u32) -> Option<&mut T> {
        let (page, at) = place(slot);
        self.0.get_mut(page)?.as_mut()?.slots[at].as_mut()
    }

    /// Fills a slot; what lay there before.
    pub(in crate::machine) fn put(&mut self, slot: u32, what: T) -> Option<T> {
        let (page, at) = place(slot);
        if self.0.len() <= page {
            self.0.resize_with(page + 1, || None);
        }
        let page = self.0[page].get_or_insert_with(Page::new);
        let before = page.slots[at].replace(what);
        page.held += usize::from(before.is_none());
        page.reached = page.reached.max(at + 1);
        before
    }

    /// Empties a slot.
    pub(in crate::machine) fn take(&mut self, slot: u32) -> Option<T> {
        let (number, at) = place(slot);
        let entry = self.0.get_mut(number)?;
        let page = entry.as_mut()?;
        let taken = page.slots[at].take()?;
        page.held -= 1;
        // One that is being filled stays.
        if page.held == 0 && page.reached == PAGE {
            *entry = None;
        }
        Some(taken)
    }

    /// All that is there, by slot.
    pub(in crate::machine) fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        let numbered = (0u32..).step_by(PAGE).zip(&self.0);
        let pages = numbered.filter_map(|(first, page)| Some((first, page.as_ref()?)));
        pages.flat_map(|(first, page)| (first..).zip(&page.slots)).filter_map(|(slot, it)| Some((slot, it.as_ref()?)))
    }

    /// Empties the slots that `stays` does not name, and tells `gone` of each; how many.
    pub(in crate::machine) fn retain(&mut self, stays: impl Fn(u32) -> bool, mut gone: impl FnMut(u32)) -> usize {
        let mut count = 0;
        for (first, entry) in (0u32..).step_by(PAGE).zip(&mut self.0) {
            let Some(page) = entry else { continue };
            for (slot, it) in (first..).zip(&mut page.slots) {
                if it.is_some() && !stays(slot) {
                    *it = None;
                    page.held -= 1;
                    count += 1;
                    gone(slot);
                }
            }
            if page.held == 0 {
                *entry = None;
            }
        }
        if self.0.iter().all(Option::is_none) {
            self.0 = Vec::new();
        }
        count
    }

    /// How much room there is, in slots.
    #[cfg(test)]
    fn room(&self) -> usize {
        self.0.iter().flatten().count() * PAGE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_lies_there_until_it_goes() {
        let mut pages = Pages::default();
        for slot in (0..5000).step_by(3) {
            pages.put(slot, slot);
        }
        pages.put(9, 10);
        assert_eq!((pages.get(9), pages.get(10), pages.get(90_000)), (Some(&10), None, None));
        assert_eq!((pages.take(9), pages.take(9)), (Some(10), None));
        pages.get_mut(12).into_iter().for_each(|it| *it += 1);
        assert!(pages.iter().all(|(slot, it)| *it == slot + u32::from(slot == 12)) && pages.iter().count() == 1666);
        let mut gone = Vec::new();
        assert_eq!(pages.retain(|slot| slot >= 4500, |slot| gone.push(slot)), 1499);
        assert_eq!((gone.len(), gone.first(), gone.last()), (1499, Some(&0), Some(&4497)));
        assert_eq!(pages.iter().map(|(slot, _)| slot).next(), Some(4500));
    }

    #[test]
    fn pages_without_anything_in_them_take_no_room() {
        let mut taken = Pages::default();
        let mut swept = Pages::default();
        for slot in 0..1_000_000 {
            taken.put(slot, ());
            taken.take(slot);
            swept.put(slot, ());
            if slot % 4096 == 0 {
                swept.retain(|slot| slot == 5, |_| {});
            }
        }
        assert!(taken.room() <= 2 * PAGE && swept.room() <= 4096 + 3 * PAGE, "{} {}", taken.room(), swept.room());
    }
}
