// React renders after the element is defined, so it sets what are properties.
import "ntk-playground";
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";

function App() {
  const [shown, show] = useState(true);
  window.host = { show };
  return shown
    ? <ntk-playground exhibit="spectrum" views="fit residual" noise="0.5" step="12" autoplay={false} />
    : <p>Another page.</p>;
}

createRoot(document.querySelector("#app")).render(<StrictMode><App /></StrictMode>);
