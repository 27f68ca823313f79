//! An unknown number is written in one way: left out, on the terminal as in
//! the CSV.

use super::{folder, path, printed};

#[test]
fn terminal_and_csv_leave_out_the_same_values() {
    let csv = path(&folder("unknown"), "run.csv");
    let out = printed(&[
        "run", "spectrum", "--widths", "8", "--until", "0", "--csv", &csv,
    ]);
    let table = std::fs::read_to_string(csv).expect("the CSV is there");
    let (_, rows) = table
        .split_once("\nreading,value,unit\n")
        .expect("the metrics");
    let rows: Vec<Vec<&str>> = rows
        .lines()
        .take_while(|line| !line.is_empty())
        .map(|line| line.split(',').collect())
        .collect();
    assert_eq!(rows.len(), out.lines().count());
    let mut unknown = 0;
    for (row, line) in rows.iter().zip(out.lines()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [name, value, unit] = row[..] else {
            panic!("three cells: {row:?}");
        };
        let known: &[&str] = match value {
            "" => &[name],
            _ => &[name, value, unit],
        };
        assert_eq!(
            words,
            known.join(" ").split_whitespace().collect::<Vec<_>>()
        );
        unknown += u32::from(value.is_empty());
    }
    assert!(unknown > 0, "some metrics have no value at step 0: {out}");
    assert!(!out.contains("NaN") && !table.contains("NaN"));
}
