//! Pasted points: every common way to write them is read, and what is wrong
//! is named by its line. Nothing is taken unless all of it is.

use crate::naive::cases;
use ntk_playground::task::{LARGEST, MOST_POINTS, PointsError, PointsTextError};
use ntk_playground::task::{read_points, write_points};
use proptest::prelude::*;

const WANTED: [[f64; 2]; 3] = [[-0.5, 1.25], [0.0, -2.0], [3.5, 0.0]];

fn refusal(text: &str) -> String {
    let words = read_points(text).expect_err(text).to_string();
    assert!(words.ends_with('.'), "{words}");
    words
}

#[test]
fn every_common_way_to_write_points_is_read() {
    for text in [
        "-0.5,1.25\n0,-2\n3.5,0",
        "-0.5, 1.25\n0, -2\n3.5, 0\n",
        "-0.5;1.25\r\n0;-2\r\n3.5;0\r\n",
        "-0.5\t1.25\r0\t-2\r3.5\t0\r",
        "  -0.5   1.25\n\n0 -2\n# a remark\n3.5 0\n\n",
        "x,y\n-0.5,1.25\n0,-2\n3.5,0\n",
        "\u{feff}time,value\n\"-0.5\",\"1.25\"\n'0' , '-2'\n3.5,0\n",
        "# made by hand\nx1; y1\n-0,5;1,25\n0;-2\n3,5;0\n",
        "-0,5\t1,25\n0\t-2\n3,5\t0",
        "\u{2212}0.5 1.25e0\n+0 \u{2212}2.\n35e-1 -0\n",
        "-0.5,1.25\n0;-2\n3.5\t0\n",
        // Spreadsheets: a locale with a decimal comma, a named separator, columns and
        // rows of padding, a line of units, typographic quotes.
        "x,y\n\"-0,5\",\"1,25\"\n\"0\",\"-2\"\n\"3,5\",\"0\"\n",
        "sep=;\r\nx;y\r\n-0,5;1,25\r\n0;-2\r\n3,5;0\r\n",
        "\"sep=,\"\n-0.5,1.25\n0,-2\n3.5,0\n",
        "x,y,,\n-0.5,1.25,,\n0,-2,,\n3.5,0,,\n,,,\n,,,\n",
        "t;run 1,2\n-0.5;1.25\n0;-2\n3.5;0\n",
        "time,value\n(s),(mV)\n-0.5,1.25\n0,-2\n3.5,0\n",
        "\u{201c}-0.5\u{201d},\u{201c}1.25\u{201d}\n0,-2\n3.5,0\n",
        // Mails and web pages: names, brackets, dashes, what nobody sees.
        "x=-0.5,y=1.25\nx=0,y=-2\ny: 0, x: 3.5\n",
        "(-0.5, 1.25),\n(0, -2),\n(3.5, 0)\n",
        "\u{2013}0.5\u{a0}1.25\n0\u{2003}\u{2212}2\n\u{200b}3.5 0\u{200e}\n",
        "-\u{ff10}.\u{ff15},1.25\n0,-2\n3.5,0\n",
        // Two bytes a letter, read as one.
        "\u{fffd}\u{fffd}-\u{0}0\u{0}.\u{0}5\u{0},\u{0}1\u{0}.\u{0}2\u{0}5\u{0}\n\u{0}0\u{0},\u{0}-\u{0}2\u{0}\n\u{0}3\u{0}.\u{0}5\u{0},\u{0}0\u{0}",
    ] {
        assert_eq!(read_points(text), Ok(WANTED.to_vec()), "{text:?}");
    }
}

#[test]
fn a_wrong_line_is_named_with_its_reason() {
    for (text, line, reason) in [
        (
            "x,y\n1,2\n3,four\n",
            3,
            "\u{201c}four\u{201d} is not a number",
        ),
        ("1,2\r\n\r\n3\r\n", 3, "1 value where two are needed"),
        ("1 2 3", 1, "3 values where two are needed"),
        ("1,2\n,3", 2, "x is missing"),
        ("1,2\n3,", 2, "y is missing"),
        ("1,2\n\"\",3", 2, "x is missing"),
        ("inf,1", 1, "x is inf; it must lie between"),
        ("0,NaN", 1, "y is NaN; it must lie between"),
        (
            "1,2\n0,1000.5",
            2,
            "y is 1000.5; it must lie between \u{2212}1000 and 1000",
        ),
        ("0,5 1,5", 1, "a decimal comma needs a semicolon or a tab"),
        ("0,5,1,5", 1, "a decimal comma needs a semicolon or a tab"),
        (
            "0,5;1,5\n0.5;1",
            2,
            "\u{201c}0.5\u{201d} has a decimal point where other",
        ),
        // Not x = 0 and y = 5, since elsewhere a comma is decimal.
        ("0,5;1,5\n0,5", 2, "1 value where two are needed"),
        ("1.000,5;2", 1, "has a decimal point where other"),
        ("1,000,5;2", 1, "\u{201c}1,000,5\u{201d} is not a number"),
        // Cells that could not be computed are no remarks.
        (
            "1,2\n#DIV/0!,3",
            2,
            "\u{201c}#DIV/0!\u{201d} is not a number",
        ),
        ("1,2\n#N/A,3", 2, "\u{201c}#N/A\u{201d} is not a number"),
        ("1;2\n#WERT!;3", 2, "\u{201c}#WERT!\u{201d} is not a number"),
        ("1,2\n3,#REF!", 2, "\u{201c}#REF!\u{201d} is not a number"),
        ("1,2\n#N/A", 2, "1 value where two are needed"),
        // One number or a thousand times as much: not guessed.
        ("1,250;2", 1, "may be 1.250 or 1250"),
        ("\"1,000\",\"2\"", 1, "may be 1.000 or 1000"),
        (
            "x,y\nfour,five\n1,2",
            2,
            "\u{201c}four\u{201d} is not a number",
        ),
        ("x=1,x=2", 1, "\u{201c}x=1\u{201d} is not a number"),
        ("\"1,2", 1, "is not a number"),
        ("1 000;2", 1, "\u{201c}1 000\u{201d} is not a number"),
        ("50%,1", 1, "\u{201c}50%\u{201d} is not a number"),
        ("1,2\nx,y", 2, "\u{201c}x\u{201d} is not a number"),
        ("x,1", 1, "\u{201c}x\u{201d} is not a number"),
    ] {
        let words = refusal(text);
        let start = format!("No point was taken: line {line}: ");
        assert!(words.starts_with(&start), "{text:?}: {words}");
        assert!(words.contains(reason), "{text:?}: {words}");
    }
}

#[test]
fn a_comma_in_thousands_is_read_where_another_number_tells() {
    assert_eq!(
        read_points("0,5;1,250\n2;3"),
        Ok(vec![[0.5, 1.25], [2.0, 3.0]])
    );
    assert_eq!(read_points("0,125;2"), Ok(vec![[0.125, 2.0]]));
}

#[test]
fn of_many_wrong_lines_five_are_told() {
    let words = refusal("1,2\na,b\n2,c\n3\n4,5\n6,7,8\n9,d\n10,e\n11,f\n");
    for line in [2, 3, 4, 6, 7] {
        assert!(words.contains(&format!("line {line}: ")), "{words}");
    }
    assert!(words.ends_with("; and 2 more."), "{words}");
    assert!(!words.contains("line 8"), "{words}");
    let exactly_five = refusal("0,0\n1\n2\n3\n4\n5\n");
    assert!(!exactly_five.contains("more"), "{exactly_five}");
}

#[test]
fn none_and_too_many_are_refused() {
    for text in ["", "\n\n", "# nothing", "x,y\n", "\u{feff}"] {
        let none = PointsTextError::Points(PointsError::None);
        assert_eq!(read_points(text), Err(none), "{text:?}");
    }
    let most = "1,2\n".repeat(MOST_POINTS);
    assert_eq!(read_points(&most).map(|p| p.len()), Ok(MOST_POINTS));
    let words = refusal(&(most + "1,2\n"));
    assert!(words.contains("129") && words.contains("128"), "{words}");
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn no_text_makes_it_panic(text in "(?s).{0,80}") {
        if let Err(error) = read_points(&text) {
            prop_assert!(error.to_string().ends_with('.'));
        }
    }

    #[test]
    fn nearly_points_are_read_or_refused(text in "[-0-9.,; \t\n\rxe\"#\u{2212}]{0,60}") {
        match read_points(&text) {
            Ok(points) => prop_assert!(
                points.iter().flatten().all(|v| v.abs() <= LARGEST)
            ),
            Err(error) => prop_assert!(error.to_string().ends_with('.')),
        }
    }

    #[test]
    fn written_points_are_read_back_to_the_digit(
        points in prop::collection::vec([-LARGEST..LARGEST, -1e-9f64..1e-9], 1..40)
    ) {
        prop_assert_eq!(read_points(&write_points(&points)), Ok(points));
    }
}
