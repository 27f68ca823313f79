//! TeX becomes MathML.

use anyhow::{Result, anyhow};
use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

/// Converts formulas.
pub struct Formulas {
    converter: LatexToMathML,
}

impl Formulas {
    /// A converter without macros of its own.
    pub fn new() -> Result<Formulas> {
        let converter = LatexToMathML::new(MathCoreConfig::default())
            .map_err(|error| anyhow!("the converter of formulas: {error:?}"))?;
        Ok(Formulas { converter })
    }

    /// A formula as MathML, in the line or on its own.
    ///
    /// # Errors
    /// Names the formula that cannot be converted.
    pub fn convert(&self, tex: &str, is_alone: bool) -> Result<String> {
        let display = match is_alone {
            true => MathDisplay::Block,
            false => MathDisplay::Inline,
        };
        self.converter
            .convert_with_local_state(tex, display)
            .map(|result| result.mathml)
            .map_err(|error| anyhow!("{} in the formula {tex}", error.error_message()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_mathml_in_the_line_and_on_their_own() -> Result<()> {
        let formulas = Formulas::new()?;
        assert_eq!(
            formulas.convert("a < b", false)?,
            "<math><mi>a</mi><mo>&lt;</mo><mi>b</mi></math>"
        );
        assert!(
            formulas
                .convert("\\lambda_\\star = \\frac{n}{\\eta t}", true)?
                .starts_with("<math display=\"block\">")
        );
        let error = formulas
            .convert("\\nonsense{x}", false)
            .expect_err("no such command");
        assert!(error.to_string().contains("\\nonsense{x}"), "{error}");
        Ok(())
    }
}
