//! Each refusal is told at the token of the reader's bridge that is wrong. `TRYBUILD=overwrite` accepts new words.

#[test]
fn what_must_not_compile_is_told_at_its_token() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("cases/*.rs");
}
