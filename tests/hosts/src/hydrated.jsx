// A server has written the element, and it has drawn before React compares the page
// with what it would write: in development React says what differs.
import "ntk-playground";
import { StrictMode, useEffect, useState } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";

function App() {
  const [shown, show] = useState(true);
  useEffect(() => { window.host = { show }; }, []);
  return shown
    ? <ntk-playground exhibit="spectrum" views="fit residual" noise="0.5" step="12" autoplay={false} />
    : <p>Another page.</p>;
}

const place = document.querySelector("#app");
place.innerHTML = renderToString(<App />);
await place.firstElementChild.ready;
hydrateRoot(place, <StrictMode><App /></StrictMode>);
