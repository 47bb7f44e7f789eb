//! How often to do a thing: valgrind runs one thread at a time, 30 times slower, and sees a bad access
//! in fewer rounds.

pub fn load(full: usize, light: usize) -> usize {
    match std::env::var("COOKBOOK_LOAD") {
        Ok(load) if load == "light" => light,
        _ => full,
    }
}
