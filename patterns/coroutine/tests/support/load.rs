//! Valgrind runs a test some thirty times slower: under `COOKBOOK_LOAD=light` a test asserts the same, of less.

pub fn load(full: usize, light: usize) -> usize {
    match std::env::var("COOKBOOK_LOAD").as_deref() {
        Ok("light") => light,
        Ok("full") | Err(_) => full,
        Ok(other) => panic!("COOKBOOK_LOAD is {other:?}, neither full nor light"),
    }
}
