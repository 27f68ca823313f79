//! Text that spreadsheets, programs, mails and web pages hand over as points,
//! malformed or unusual: it is read as anyone would read it, or refused by the
//! numbers of its wrong lines and a reason. No other numbers are read, no row
//! that held something is lost, and no line that is right is blamed.
//!
//! Where another program stumbled over such an input, its report is named.

use Outcome::{Read, Refused};
use ntk_playground::task::{PointsTextError, read_points};
use std::collections::BTreeSet;

#[derive(Debug)]
enum Outcome {
    /// Exactly these points.
    Read(&'static [[f64; 2]]),
    /// Exactly these lines are named, the first for this reason.
    Refused(&'static [usize], String),
}

struct Input {
    text: String,
    /// The report that it was found in: owner/repository#number.
    source: Option<&'static str>,
    outcome: Outcome,
}

fn found(source: &'static str, text: &str, outcome: Outcome) -> Input {
    Input {
        source: Some(source),
        ..own(text, outcome)
    }
}

fn own(text: &str, outcome: Outcome) -> Input {
    Input {
        text: text.to_owned(),
        source: None,
        outcome,
    }
}

fn refused(lines: &'static [usize], reason: &str) -> Outcome {
    Refused(lines, reason.to_owned())
}

/// Refused since this cell is not a number.
fn no(lines: &'static [usize], cell: &str) -> Outcome {
    Refused(lines, format!("\u{201c}{cell}\u{201d} is not a number"))
}

const TWO: Outcome = Read(&[[1.0, 2.0], [3.0, 4.0]]);
const VALUES: &str = "values where two are needed";
const POINT: &str = "has a decimal point where other";
const RANGE: &str = "it must lie between \u{2212}1000 and 1000";

/// Inputs over which other programs stumbled, cut down to two columns.
fn reported() -> Vec<Input> {
    vec![
        // The mark of the encoding before a name in quotes, and inside a number.
        found(
            "FasterXML/jackson-dataformat-csv#47",
            "\u{feff}\"x\",\"y\"\n1,2\n3,4",
            TWO,
        ),
        found(
            "pola-rs/polars#16721",
            "1;-\u{feff}42",
            Read(&[[1.0, -42.0]]),
        ),
        // Two bytes a letter, read as one.
        found(
            "genspark-ai/genoffice#438",
            "1\0,\x002\0\n\x003\0,\x004\0\n\0",
            TWO,
        ),
        // Points in thousands before a decimal comma.
        found(
            "pola-rs/polars#18797",
            "x;y\n0,5;1\n1.299,99;2",
            refused(&[3], POINT),
        ),
        found(
            "deadlocker8/BudgetMaster#731",
            "1;1.355,90\u{20ac}",
            refused(&[1], POINT),
        ),
        // Commas in thousands, in quotes or not, in the wrong place, or one at a time.
        found(
            "h2oai/datatable#771",
            "1,\"3,400\"",
            refused(&[1], "may be 3.400 or 3400"),
        ),
        found(
            "hayj/SystemTools#5",
            "1;727,242\n2;7,995,709",
            refused(&[1, 2], "may be 727.242 or 727242"),
        ),
        found(
            "pandas-dev/pandas#4598",
            "A|B\n2,334.01|5",
            no(&[2], "334.01|5"),
        ),
        found(
            "pandas-dev/pandas#38420",
            "0,5;1\n1,2,3;4",
            no(&[2], "1,2,3"),
        ),
        found(
            "tidyverse/readr#1445",
            "t;v\n\"12.03\";5.620",
            Read(&[[12.03, 5.62]]),
        ),
        found("equinor/ecalc#107", "1 234.5,2\n3,4", no(&[1], "1 234.5")),
        found(
            "ledger/ledger#2609",
            "1'234'567.89;2\n3;4",
            no(&[1], "1'234'567.89"),
        ),
        // The separator named in the first line.
        found(
            "mechatroner/vscode_rainbow_csv#108",
            "sep=|\nOne|Two\n1|2\n3|4",
            TWO,
        ),
        found("close2/csv#68", "\"sep=;\"\na;b;\n1;2;\n3;4;\n", TWO),
        // Quotes that nobody closes, or that another quote closes.
        found("osiegmar/FastCSV#173", "x,y\n\"1,2\n3,4", no(&[2], "\"1")),
        found("apple/turicreate#1692", "1, 2\n\"3\", \"4", no(&[2], "\"4")),
        found("cldf/csvw#52", "x,y\n1,\"2\u{201d}\n3,4", TWO),
        // Negative numbers in brackets, with a sign behind, two signs, or another sign.
        found("manishrjain/into-ledger#12", "1,(9.99)", no(&[1], "(9.99)")),
        found(
            "plaintextaccounting/hledger#736",
            "x,y\n($6.00),($7.00)\n1,2",
            no(&[2], "($6.00)"),
        ),
        found(
            "rustledger/rustledger#1473",
            "t,v\n2,5.00-\n5,7.00",
            no(&[2], "5.00-"),
        ),
        found("SheetJS/sheetjs#248", "1;--5", no(&[1], "--5")),
        found(
            "actualbudget/actual#6206",
            "x;y\n\u{2212}100,00;900,00\n-100,00;0",
            Read(&[[-100.0, 900.0], [-100.0, 0.0]]),
        ),
        // An apostrophe or a formula that keeps a spreadsheet from computing.
        found(
            "hhurz/tableExport.jquery.plugin#296",
            "x,y\n'-0.02,'-1\n1,2",
            no(&[2], "'-0.02"),
        ),
        found("ruby/csv#93", "1,=\"61\"\n3,4", no(&[1], "=\"61\"")),
        // Exponents with another letter or none.
        found("ERGO-Code/HiGHS#1618", "1,1.23D-02", no(&[1], "1.23D-02")),
        found(
            "spcl/dace#2104",
            "1 0.1409920-270",
            no(&[1], "0.1409920-270"),
        ),
        // A line of units, the first empty; names that come again; a name that is a number.
        found(
            "BurntSushi/xsv#245",
            "Datetime;M1\n;[\u{b0}C]\n1;2\n3;4",
            TWO,
        ),
        found("whitfin/s3-concat#3", "x,y\n1,2\nx,y\n3,4", no(&[3], "x")),
        found(
            "ballerina-platform/ballerina-library#4040",
            "name,age\nname,age\n1,2",
            no(&[2], "name"),
        ),
        found(
            "taldcroft/asciitable#20",
            "relpix  1450\n-50  8.0990e-05",
            refused(&[1], "relpix"),
        ),
        // Lines ended by a carriage return.
        found("mholt/PapaParse#43", "x\ty\r1\t2\r3\t4\r", TWO),
        // Cells of spaces alone, and with one behind the number.
        found(
            "exceljs/exceljs#2751",
            "1;    \n3;4",
            refused(&[1], "y is missing"),
        ),
        found(
            "ONLYOFFICE/DocumentServer#2285",
            "x,y\n\"01\",\"10 \"",
            Read(&[[1.0, 10.0]]),
        ),
        // A separator at the end of the rows but not of the names, or at both ends.
        found("pandas-dev/pandas#14124", "x,y\n1,2,\n3,4,\n", TWO),
        found("JuliaData/CSV.jl#1162", ", 1, 2,\n", refused(&[1], VALUES)),
        // A remark below the table, and a row cut short.
        found(
            "Rdatatable/data.table#1671",
            "x, y\n1, 2\n\nsome text",
            no(&[4], "some"),
        ),
        found(
            "Rdatatable/data.table#6934",
            "x,y\n3,13\n3,\n3,49",
            refused(&[3], "y is missing"),
        ),
        // Digits parted by underscores, digits to the base of 16.
        found("weecology/retriever#1327", "1,2\n2_0,3", no(&[2], "2_0")),
        found("Keyang/node-csvtojson#130", "0x15,1", no(&[1], "0x15")),
        found(
            "PlotJuggler/PlotJuggler#1135",
            "t,v\n1,9\n2,A",
            no(&[3], "A"),
        ),
        // A first cell that begins like a remark, a remark behind a number.
        found("stevehansen/csv#65", "Tag,y\n#New,1\n2,3", no(&[2], "#New")),
        found(
            "adaltas/node-csv-parse#157",
            "1,2\n3,4 #2",
            no(&[2], "4 #2"),
        ),
        // Percent, money and other units beside the number.
        found("tidyverse/readr#449", "1;20 %", no(&[1], "20 %")),
        found("tidyverse/readr#308", "A,B\n-4,5G", no(&[2], "5G")),
        found(
            "firefly-iii/firefly-iii#4106",
            "10,00 \u{20ac};1",
            no(&[1], "10,00 \u{20ac}"),
        ),
        // A quotient that a spreadsheet takes for a date, and a date that became a number.
        found("GoldenGnu/jeveassets#35", "1,3/10", no(&[1], "3/10")),
        found(
            "tableflowhq/csv-import#243",
            "day,y\n45581,2",
            refused(&[2], RANGE),
        ),
        // Upright lines between the columns.
        found(
            "okfn/messytables#113",
            "1|2\n3|4",
            refused(&[1, 2], "1 value where"),
        ),
    ]
}

fn unusual() -> Vec<Input> {
    vec![
        // Encodings: the marks of UTF-8 and UTF-16 read as letters, what is left of a space,
        // and a letter that was lost, perhaps a minus sign.
        own("\u{ef}\u{bb}\u{bf}1,2\n3,4", TWO),
        own("\u{ff}\u{fe}1\0,\x002\0\n\x003\0,\x004\0", TWO),
        own("1\u{c2}\u{a0},2", no(&[1], "1\u{c2}")),
        own("\u{fffd}1,2\n3,4", no(&[1], "\u{fffd}1")),
        own("\u{fffd}\u{fffd}\u{fffd}1\0,\x002\0", no(&[1], "\u{fffd}1")),
        // What nobody sees: it is left out where it says nothing.
        own("\u{200f}1\u{a0},\u{200b}2\n3\u{2060},\u{a0}4", TWO),
        own("1,2\n\u{feff}3,4", TWO),
        own("\u{ad}5,2", no(&[1], "\u{fffd}5")),
        own("1\u{2063}2,5", no(&[1], "1\u{fffd}2")),
        own("3,\u{202e}21\u{202c}", no(&[1], "\u{fffd}21")),
        own(
            "1\u{a0}234\n5\u{202f}678",
            refused(&[1, 2], "a space does not part"),
        ),
        own(
            "0.5\u{a0}125\n3\u{2009}4",
            Read(&[[0.5, 125.0], [3.0, 4.0]]),
        ),
        // Commas and points: one wrong line makes no other line wrong.
        own(
            "\"1,234.5\",2\n0.5,1",
            refused(&[1], "has a comma before a point"),
        ),
        own("\"1,000,000\",0.5\n2,0.5", no(&[1], "1,000,000")),
        own("1,2\n3,4;\n5,6", refused(&[2], "y is missing")),
        own("\"1,2\"\n3,4", refused(&[1], "1 value where")),
        own("\u{201e}0,5\u{201c};\u{ab}1,5\u{bb}", Read(&[[0.5, 1.5]])),
        own(
            "0,5 1,5",
            refused(&[1], "a decimal comma needs a semicolon"),
        ),
        own("sep=;\n1,5\n2;3", refused(&[2], "a comma does not part")),
        own("sep=,\n1;2", refused(&[2], "1 value where")),
        own("\u{ff11}\u{ff0c}\u{ff12}", refused(&[1], "1 value where")),
        // Quotes doubled, inside a number, around two lines.
        own("\"1\"\"\",2", no(&[1], "1\"\"")),
        own("1,2\n\"\"3\"\",4", no(&[2], "\"3\"")),
        own("\"1\n\",2", refused(&[1, 2], "1 value where")),
        // Cells that could not be computed or shown, or hold nothing, in the first row too.
        own("1;2\n#N/D;#N/D\n3;4", no(&[2], "#N/D")),
        own("1;2\n#\u{41d}/\u{414};3", no(&[2], "#\u{41d}/\u{414}")),
        own("1,2\n####,####\n3,4", no(&[2], "####")),
        own("#VALUE!\t1\n3\t4", no(&[1], "#VALUE!")),
        own("Err:502,Err:502\n1,2", no(&[1], "Err:502")),
        own("NULL,NULL\n1,2", no(&[1], "NULL")),
        own("x,y\nNA,NA\n1,2", no(&[2], "NA")),
        own("x,y\n?,?\n1,2", no(&[2], "?")),
        own("TRUE,FALSE\n1,0", no(&[1], "TRUE")),
        own("1,2\n-,3\n3,NaN", no(&[2, 3], "-")),
        own("x,y\n,\n1,2\n , \n3,4\n\"\",\"\"\n", TWO),
        // Short cells below the names are units only if they are no values.
        own("x,y\n$3,$4\n5,6", no(&[2], "$3")),
        own("x,y\n<5,<6\n7,8", no(&[2], "<5")),
        own("x,y\n\u{bd},\u{bc}\n1,2", no(&[2], "\u{bd}")),
        own("x,y\n\u{661},\u{662}\n3,4", no(&[2], "\u{661}")),
        own("x,y\n\u{2014}5,\u{2014}6\n1,2", no(&[2], "\u{2014}5")),
        own("A,v\nm2,[-]\n1,2\n3,4", TWO),
        // The columns are named in the other order; a title stands above the names.
        own("y (mV),x (s)\n2,1\n4,3", TWO),
        own("My run\nY;X\n2;1\n4;3", TWO),
        own("i,x,y\n0,1,2", refused(&[2], "3 values where")),
        // Units, dates, quotients, powers, signs, digits.
        own("5 mV,3\n3,4", no(&[1], "5 mV")),
        own("2023-01-05,3", no(&[1], "2023-01-05")),
        own("Mar-05;2\n12:30;1", no(&[1, 2], "Mar-05")),
        own("1.5,10\u{b3}\n1\u{d7}10^3,2", no(&[1, 2], "10\u{b3}")),
        own(
            "1E5,1\n1.0e+02,1.5E-01",
            refused(&[1], "x is 1E5; it must lie"),
        ),
        own("0,5;1,5;;\n2;3;;\n;;;", Read(&[[0.5, 1.5], [2.0, 3.0]])),
        own("1,5E+02;+.5\n", refused(&[1], POINT)),
        own("\u{ff11}.\u{ff15},\u{ff0d}2", Read(&[[1.5, -2.0]])),
        own("\u{221e},1\n1\u{2013}2,3", no(&[1, 2], "\u{221e}")),
        own(&format!("1,1{}", "0".repeat(400)), refused(&[1], RANGE)),
        own(
            &format!("1,2\n{},1", "1x".repeat(50_000)),
            refused(&[2], "\u{2026}\u{201d} is not"),
        ),
        own(&"1,".repeat(20_000), refused(&[1], "20000 values where")),
        // Ends of lines of every kind at once; a line that is wrong keeps its number.
        own("x,y\r\n1,2\r3,4\n\r\n", TWO),
        own("1,2\u{2028}3,x\u{85}5,6", no(&[2], "x")),
        own("1 2\n\n# 9 9\n3 4 5", refused(&[4], "3 values where")),
        own("  1 \t 2\n\t3\t4\t\n", TWO),
        // Tables of other languages and programs.
        own(
            "| x | y |\n|---|---|\n| 1 | 2 |",
            refused(&[1, 2, 3], VALUES),
        ),
        own(
            "<tr><td>1</td><td>2</td></tr>",
            refused(&[1], "1 value where"),
        ),
        own("1 & 2 \\\\\n3 & 4 \\\\", refused(&[1, 2], "4 values where")),
        own("[[1, 2],\n [3, 4]]", no(&[1, 2], "[[1")),
        own("[{\"x\":1,\"y\":2}]", no(&[1], "{\"x\":1")),
        own("[1,2;3,4]", no(&[1], "[1,2")),
        own("(1; 2),\n{x: 3, y: 4}", TWO),
        own("x: [1, 2]\ny: [3, 4]", no(&[1, 2], "x: [1")),
        own("% by hand\n1,2", refused(&[1], VALUES)),
    ]
}

fn inputs() -> impl Iterator<Item = Input> {
    reported().into_iter().chain(unusual())
}

#[test]
fn sixty_malformed_inputs_are_read_rightly_or_refused_by_line_and_reason() {
    let wrong: Vec<String> = inputs()
        .filter_map(|input| {
            let got = read_points(&input.text);
            let right = match (&input.outcome, &got) {
                (Read(wanted), Ok(points)) => wanted == points,
                (Refused(lines, reason), Err(PointsTextError::Lines { told, more: 0 })) => {
                    told.iter().map(|(line, _)| line).eq(*lines) && told[0].1.contains(reason)
                }
                _ => false,
            };
            let text: String = input.text.chars().take(80).collect();
            let Input {
                source, outcome, ..
            } = input;
            (!right).then(|| format!("{text:?} {source:?}: {outcome:?}, but {got:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sixty_malformed_inputs_are_sixty_and_twenty_are_from_reports() {
    let texts: BTreeSet<String> = inputs().map(|input| input.text).collect();
    let sources: BTreeSet<&str> = inputs().filter_map(|input| input.source).collect();
    assert_eq!(texts.len(), inputs().count());
    assert!(texts.len() >= 60, "{} inputs", texts.len());
    assert!(sources.len() >= 20, "{} sources", sources.len());
}
