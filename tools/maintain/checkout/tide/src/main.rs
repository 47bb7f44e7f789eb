fn main() {
    println!("{} cm", tide::height(30));
}
