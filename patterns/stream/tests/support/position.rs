//! How far this process has read a file that it holds open.

use std::path::Path;

/// In bytes. Panics where the file is not open.
pub fn position_in(path: &str) -> usize {
    let path = Path::new(path).canonicalize().expect("the file is there");
    let open = std::fs::read_dir("/proc/self/fd").expect("Linux lists what is open");
    let number = open
        .map(|entry| entry.expect("an open file has a number"))
        .find(|entry| std::fs::read_link(entry.path()).is_ok_and(|target| target == path))
        .expect("the file is open")
        .file_name();
    let told = std::fs::read_to_string(Path::new("/proc/self/fdinfo").join(number))
        .expect("Linux tells of what is open");
    told.lines()
        .find_map(|line| line.strip_prefix("pos:"))
        .and_then(|position| position.trim().parse().ok())
        .expect("it tells the position")
}
