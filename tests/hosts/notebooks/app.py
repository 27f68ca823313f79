import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo
    from ntk_playground import NtkPlayground

    exhibit = mo.ui.anywidget(NtkPlayground(exhibit="spectrum", noise=0.3, widths=[16], views=["fit", "residual"]))
    exhibit
    return exhibit, mo


@app.cell
def _(exhibit, mo):
    mo.md(f"The page says: step {exhibit.value.get('step_count', 0)}, noise {exhibit.value.get('_values', {}).get('noise')}.")
    return


if __name__ == "__main__":
    app.run()
