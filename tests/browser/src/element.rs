//! An element of a page, as WebDriver names it.

use serde_json::Value;

/// The key under which WebDriver hands out elements.
pub(crate) const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// An element of the page that is shown, also inside a shadow root.
#[derive(Debug, Clone, PartialEq)]
pub struct Element(pub(crate) Value);

impl Element {
    /// What a script returned, if it is an element.
    pub(crate) fn from_value(value: Value) -> Option<Element> {
        value.get(ELEMENT).is_some().then_some(Element(value))
    }

    /// As an argument of a script.
    pub fn value(&self) -> Value {
        self.0.clone()
    }
}
