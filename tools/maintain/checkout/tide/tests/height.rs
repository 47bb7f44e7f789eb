#[test]
fn the_mean_is_added() {
    assert_eq!(tide::height(-10), 200);
}
