//! CSV, JSON, SVG and sheet hold the run that was asked for.

use super::{folder, path, printed};
use serde_json::Value;

#[test]
fn every_file_is_of_this_run() {
    let folder = folder("files");
    let [csv, json, svg, sheet] =
        ["run.csv", "run.json", "views", "sheet.svg"].map(|name| path(&folder, name));
    printed(&[
        "run", "spectrum", "--widths", "8", "--until", "20", "--csv", &csv, "--sheet", &sheet,
        "--svg", &svg, "--json", &json, "--theme", "dark",
    ]);
    let table = std::fs::read_to_string(csv).expect("the CSV is there");
    assert!(table.contains("# exhibit=spectrum&widths=8&step=20"));
    assert!(table.contains("\nreading,value,unit\n") && table.contains("# view eigenvalues"));
    let rows = table
        .split("# view eigenvalues\n")
        .nth(1)
        .expect("the view's block");
    assert_eq!(rows.lines().take_while(|line| !line.is_empty()).count(), 21);
    for view in ["fit", "eigenvalues", "loss", "residual", "history"] {
        let file = folder.join("views").join(format!("{view}.svg"));
        let text = std::fs::read_to_string(file).expect("every view is a file");
        assert!(
            text.starts_with("<svg") && text.trim_end().ends_with("</svg>"),
            "{view}"
        );
    }
    let json = std::fs::read_to_string(json).expect("the JSON is there");
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["link"], "exhibit=spectrum&widths=8&step=20");
    let weights = json["networks"][0]["layers"][0]["W"].as_array();
    assert_eq!(weights.map(Vec::len), Some(8));
    let sheet = std::fs::read_to_string(sheet).expect("the sheet is there");
    assert_eq!(sheet.matches("<svg").count(), 6);
    assert!(sheet.to_uppercase().contains("#12161B"), "dark");
}
