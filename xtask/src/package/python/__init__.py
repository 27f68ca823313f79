"""One exhibit of ntk-playground in a notebook.

A network trains in the cell's output while its neural tangent kernel is on the screen::

    from ntk_playground import NtkPlayground

    exhibit = NtkPlayground(exhibit="spectrum", noise=0.3)
    exhibit

The engine is WebAssembly inside this package: nothing is fetched from a network.

A cell that runs keeps its notebook from hearing the page. So what the page computes
arrives between cells: ask for it in one, read it in the next.
"""

from __future__ import annotations

import difflib
import json
import pathlib
from typing import Any

import anywidget
import traitlets

__all__ = ["EXHIBITS", "NtkPlayground"]
__version__ = "VERSION"

_HERE = pathlib.Path(__file__).parent

#: Every exhibit: name, title, views and knobs, as the page declares them.
EXHIBITS: list[dict[str, Any]] = json.loads((_HERE / "exhibits.json").read_text("utf-8"))


def _exhibit(name: str) -> dict[str, Any]:
    for one in EXHIBITS:
        if one["name"] == name:
            return one
    known = ", ".join(one["name"] for one in EXHIBITS)
    raise ValueError(f"There is no exhibit {name!r}; there are: {known}.")


def _python_name(knob: str) -> str:
    return knob.replace("-", "_").replace(".", "_")


class NtkPlayground(anywidget.AnyWidget):
    """One exhibit.

    Every knob of the exhibit is a trait by its name, with ``_`` in place of ``-`` and
    ``.``: it can be set, and follows the page. A value that does not fit is clamped or
    left out by the page, which says so in the exhibit.
    """

    _esm = _HERE / "widget.js"

    exhibit = traitlets.Unicode("spectrum", read_only=True).tag(sync=True)
    #: Names of the pictures to show; all if empty.
    views = traitlets.List(traitlets.Unicode()).tag(sync=True)
    #: Names of the knobs to show; ``None`` for all of them.
    controls = traitlets.List(traitlets.Unicode(), allow_none=True, default_value=None).tag(sync=True)
    theme = traitlets.Enum(["auto", "light", "dark", "projector"], "auto").tag(sync=True)
    autoplay = traitlets.Bool(False).tag(sync=True)
    #: Steps done.
    step_count = traitlets.Int(0, read_only=True).tag(sync=True)
    #: Numbers by name, as the ledger and the CSV have them.
    readings = traitlets.Dict(read_only=True).tag(sync=True)
    #: The query of a link that reproduces this run up to this step.
    link = traitlets.Unicode("", read_only=True).tag(sync=True)
    #: The last sentence about something that went wrong.
    error = traitlets.Unicode("", read_only=True).tag(sync=True)

    _values = traitlets.Dict().tag(sync=True)
    _charts = traitlets.Dict().tag(sync=True)
    _json = traitlets.Unicode("").tag(sync=True)
    _pictures = traitlets.Dict().tag(sync=True)

    def __init__(self, exhibit: str = "spectrum", **settings: Any) -> None:
        declared = _exhibit(exhibit)
        self._knobs = {_python_name(knob["name"]): knob["name"] for knob in declared["knobs"]}
        own = {name: settings.pop(name) for name in list(settings) if self.has_trait(name)}
        for name in settings:
            if name not in self._knobs:
                near = difflib.get_close_matches(name, self._knobs, 1)
                hint = f" The closest name is {near[0]!r}." if near else ""
                raise TypeError(f"{exhibit}: there is no knob {name!r}.{hint}")
        super().__init__(**own)
        self.set_trait("exhibit", exhibit)
        defaults = {_python_name(knob["name"]): knob["default"] for knob in declared["knobs"]}
        # Of a class of its own, as traits belong to classes.
        self.add_traits(**{name: traitlets.Any(default) for name, default in defaults.items()})
        self._following = False
        for name, value in settings.items():
            setattr(self, name, value)
        self._values = {knob: _text(settings[name]) for name, knob in self._knobs.items() if name in settings}
        self.observe(self._turned, list(self._knobs))
        self.observe(self._followed, "_values")

    def _turned(self, change: Any) -> None:
        """A knob was set here."""
        if not self._following:
            self._values = {**self._values, self._knobs[change["name"]]: _text(change["new"])}

    def _followed(self, change: Any) -> None:
        """Knobs were turned in the page."""
        self._following = True
        try:
            for name, knob in self._knobs.items():
                if knob in change["new"] and _text(getattr(self, name)) != change["new"][knob]:
                    setattr(self, name, change["new"][knob])
        finally:
            self._following = False

    def play(self) -> None:
        """Plays on; at the end of a run, from step 0."""
        self.send({"do": "play"})

    def pause(self) -> None:
        """Stops."""
        self.send({"do": "pause"})

    def step(self, count: int = 1) -> None:
        """Does that many steps at once, and stops."""
        if count < 1:
            raise ValueError(f"step: {count} is not a whole number above zero.")
        self.send({"do": "step", "count": int(count)})

    def reset(self) -> None:
        """Back to step 0 with the present settings."""
        self.send({"do": "reset"})

    def fetch(self) -> None:
        """Asks the page for charts, pictures and networks as they are now; they are here
        in the next cell."""
        self._json = ""
        self.send({"do": "fetch"})

    def charts(self, frame: bool = False) -> dict[str, Any]:
        """Plain data of every view by name, as of the last :meth:`fetch`; with ``frame``
        every view as a pandas data frame of its columns."""
        self._arrived()
        if not frame:
            return self._charts
        import pandas

        return {
            view: pandas.DataFrame({column["name"]: pandas.Series(column["values"], dtype=float) for column in chart["columns"]})
            for view, chart in self._charts.items()
        }

    def svg(self, view: str | None = None) -> Any:
        """A still picture of a view (the first if none is named), as of the last
        :meth:`fetch`: what an exported notebook keeps."""
        self._arrived()
        name = view or next(iter(self._pictures))
        if name not in self._pictures:
            raise ValueError(f"There is no view {name!r}; the views are {', '.join(self._pictures)}.")
        from IPython.display import SVG

        return SVG(self._pictures[name])

    def networks(self) -> dict[str, Any]:
        """Settings, weights, data and kernels, as of the last :meth:`fetch`."""
        self._arrived()
        return json.loads(self._json)

    def kernel(self) -> Any:
        """The empirical neural tangent kernel K_SS of the run as a NumPy array, as of the
        last :meth:`fetch`."""
        import numpy

        return numpy.array(self.networks()["networks"][0]["K_SS"])

    def _arrived(self) -> None:
        if not self._json:
            raise RuntimeError("Nothing has been fetched yet: call fetch() in one cell, with the exhibit on the page, and this in the next.")


def _text(value: Any) -> str:
    if isinstance(value, bool):
        raise TypeError(f"{value!r} is not a value of a knob.")
    if isinstance(value, (list, tuple)):
        return "-".join(str(one) for one in value) or "none"
    return str(value)
