//! Lines that say their own number, so that a lost, doubled or swapped one is seen.

pub fn numbers(count: usize) -> String {
    (0..count).map(|number| format!("{number}\n")).collect()
}
