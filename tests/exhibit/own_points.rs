//! Runs of the first exhibit on a person's own points, and what the claims about them read.

use ntk_playground::chart::Chart;
use ntk_playground::exhibit::{Session, Value};

pub fn text(points: &[[f64; 2]]) -> String {
    Value::Points(points.to_vec()).to_string()
}

pub fn open(query: &str) -> Session {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let pairs = pairs.filter(|(name, _)| *name != "exhibit");
    let pairs: Vec<_> = pairs.map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
    let session = Session::open("spectrum", &pairs).expect("the settings go together");
    assert_eq!(session.notes(), &[] as &[String]);
    session
}

pub fn own(points: &[[f64; 2]]) -> Session {
    open(&format!("widths=16-16&data={}", text(points)))
}

pub fn reading(session: &mut Session, name: &str) -> f64 {
    let readings = session.exhibit().readings();
    let found = readings.iter().find(|reading| reading.name == name);
    found.expect("a declared reading").value
}

pub fn fit(session: &mut Session) -> Chart {
    session.exhibit().chart("fit").expect("a declared view")
}

pub fn column(chart: &Chart, name: &str) -> Vec<f64> {
    let found = chart.columns.iter().find(|column| column.name == name);
    found.expect("a declared column").values.clone()
}
