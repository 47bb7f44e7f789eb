/// `full`, or under valgrind and sanitizers `light`: each step takes many times as long there, and the
/// test asserts the same of fewer.
pub fn load(full: usize, light: usize) -> usize {
    match std::env::var("COOKBOOK_LOAD").as_deref() {
        Ok("light") => light,
        _ => full,
    }
}
