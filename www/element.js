// <ntk-playground>: one exhibit on any page. It owns the order of things (open,
// draw, play, close) and nothing else: what is computed and drawn is the
// engine's, how it is arranged is layout.js and element.css.

import css from "./element.css.js";
import { isOn, mayBeKnob, queryOf } from "./attributes.js";
import { h, sheet, viewOf, wear, wearAgain } from "./dom.js";
import { exhibitOf, exportActions } from "./exports.js";
import { Faults, load, Trap } from "./faults.js";
import { FrameLoop, reducedMotion } from "./frame-loop.js";
import { handleKey, keepKey } from "./keys.js";
import { hasLayout, loadLayout } from "./layout.js";
import { Messages } from "./messages.js";
import { nameParts } from "./part-names.js";
import { absent, isForPaper, unwatchPaper, watchPaper } from "./paper.js";
import { buildParts, isCard, unknownWords } from "./parts.js";
import { places } from "./places.js";
import { ExhibitReader } from "./reader.js";
import { acceptValues, takeOwn } from "./reflect.js";
import { deferred, exhibits, Session } from "./session.js";
import { Showing } from "./showing.js";
import { showTheme, shownTheme, unwatchTheme, watchTheme } from "./theme-watch.js";
import { windowsOf } from "./windows.js";

/** @import { PointsHost } from "./keys.js" */
/** @import { Playground, WholePlayground } from "./wasm.js" */
/** @import { Parts } from "./parts.js" */

const styles = sheet(css);

/** Milliseconds of a frame that training may take, all exhibits on the screen together. */
const FRAME_BUDGET = 8;
/** The same while a link is replayed, when nobody drags anything yet. */
const REPLAY_BUDGET = 30;
/** Under reduced motion pictures are rare, so each may be further on. */
const CALM = { paces: 30, budget: 60 };

/** Pixels of a browser's type, unless its reader has chosen others. */
const USUAL_TYPE = 16;
/** Pixels of width below which nothing is enlarged. */
const NARROWEST = 400;

/** An engine that has been asked for all there is. @param {Playground} p */
const whole = (p) => /** @type {WholePlayground} */ (p);

export class NtkPlayground extends ExhibitReader {
  /**
   * The address of the page of all exhibits, to which links of the elements lead; null
   * where there is none, as in a package that nobody has told.
   * @type {string|null}
   */
  static get home() {
    return places.home;
  }

  static set home(address) {
    places.home = address === null ? null : new URL(address, location.href).href;
  }

  /**
   * The folder of the engines (`.wasm`), before the first element opens; null where they
   * lie beside the scripts.
   * @type {string|null}
   */
  static get files() {
    return places.files;
  }

  static set files(folder) {
    places.files = folder === null ? null : new URL(folder.endsWith("/") ? folder : `${folder}/`, location.href).href;
  }

  #root = h("div", { class: "exhibit" });
  /** As wide as the element and without height: observing the element itself would answer to our own layout. */
  #ruler = h("div", { class: "ruler" });
  #messages = new Messages();
  #faults = new Faults(this, this.#messages);
  /** @type {Parts|null} */
  #parts = null;
  /** The step that a link asked for, while it has not been reached. */
  #target = 0;
  /** Counts openings, so that one that comes late finds its turn passed. */
  #turn = 0;
  #opening = false;
  /** The last opening, for another attempt. */
  #reopen = () => {};
  /** Whether the last opening ended in a sentence instead of an exhibit. */
  #refused = false;
  #ended = false;
  #ready = deferred();
  /** Whether somebody waits for it. */
  #awaited = false;
  #attributes = new MutationObserver((records) => this.#attributesChanged(records));
  #windows = windowsOf(this, () => this.#place(), (work) => this.#tell(work));
  #showing = new Showing();
  /** Times the stages of a frame while somebody looks. @type {import("./performance.js").Meter|null} */
  #meter = null;

  /** All that is shown. The words are English and run from left to right, whatever those around do. */
  #box = h("div", { class: "frame", lang: "en", dir: "ltr" }, this.#ruler, this.#root);
  // Not the element itself, which has no box of its own under `display: contents`.
  #loop = new FrameLoop(this.#box, this.#ruler, {
    near: () => this.#start(),
    frame: (most, rests) => this.#frame(most, rests),
    shown: () => this.#arrange(),
    painted: (start, end, time) => this.#meter?.painted(start, end, time),
  });
  /** @type {ResizeObserver|null} */
  #sizes = null;
  /** @type {MediaQueryList|null} */
  #density = null;

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: "open" });
    wear(shadow, styles);
    shadow.append(this.#box);
    // After all that listen inside.
    shadow.addEventListener("keydown", (event) => keepKey(/** @type {KeyboardEvent} */ (event)));
    this.#root.append(this.#messages.alert);
    this.#root.addEventListener("keydown", (event) => {
      if (this.session && this.#parts) handleKey(event, this.#place(), (work) => this.#tell(work));
    });
    for (const event of ["pointerdown", "click", "keydown"]) {
      this.#root.addEventListener(event, () => this.#loop.rest(), { capture: true });
    }
    // Every knob is an attribute, and which knobs there are only the exhibit
    // knows: `observedAttributes` would have to list them in advance.
    this.#attributes.observe(this, { attributes: true });
  }

  /** In another document: a frame, or a window of its own. */
  adoptedCallback() {
    wearAgain(/** @type {ShadowRoot} */ (this.shadowRoot));
  }

  connectedCallback() {
    takeOwn(this);
    watchTheme(this);
    this.#loop.connect();
    // In the next frame: another size of ours within this round would be an error
    // to whoever watches the sizes of what we stand in.
    this.#sizes = new (viewOf(this).ResizeObserver)(() => requestAnimationFrame(() => this.#arrange()));
    this.#sizes.observe(this.#ruler);
    this.#watchDensity();
    this.#tell(() => this.#watchTime());
    watchPaper(this);
    if (this.#awaited || isForPaper()) this.#start();
  }

  disconnectedCallback() {
    unwatchTheme(this);
    unwatchPaper(this);
    this.#loop.disconnect();
    this.#sizes?.disconnect();
    this.#density?.removeEventListener("change", this.#densityChanged);
    // Moving an element disconnects and connects it: the run must survive that.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#close();
      void this.#watchTime();
    });
  }

  themeChanged() {
    // Off the screen it waits: a page of many would hold up the click.
    if (this.#loop.onScreen) this.#arrange();
  }

  // --- public interface ----------------------------------------------------

  /** Resolves when the first picture is drawn. Asking opens the exhibit, on the screen or off. */
  get ready() {
    this.#attributesChanged(this.#attributes.takeRecords());
    this.#awaited = true;
    if (this.isConnected) this.#start();
    return this.#ready.promise;
  }

  get running() {
    return this.#loop.wanted;
  }

  /** Plays on; at the end of a run, from step 0. */
  play() {
    this.opened();
    if (this.#ended) this.reset();
    this.#target = 0;
    this.#loop.wanted = true;
    this.#showRunning();
  }

  pause() {
    this.opened();
    this.#target = 0;
    this.#stop();
  }

  /** @param {number} [count] */
  step(count = 1) {
    const session = this.opened();
    if (!Number.isInteger(count) || count < 1) throw new Error(`step: ${count} is not a whole number above zero.`);
    this.#target = 0;
    this.#guard(() => session.call((p) => {
      // No time limit: who asks for a number of steps gets that number.
      p.advance(count, Infinity);
    }));
    this.#stop();
  }

  reset() {
    const session = this.opened();
    this.#target = 0;
    this.#guard(() => session.call((p) => p.reset()));
    this.#show();
  }

  /**
   * @param {string} knob
   * @param {string|number} value
   */
  set(knob, value) {
    const before = this.opened().value(knob);
    const note = this.#change(knob, (p) => p.set(knob, String(value)), () => this.opened().value(knob) !== before);
    this.#messages.remark(note ? [note] : []);
  }

  /**
   * Puts a second run beside the first that differs in one knob; both start
   * at step 0.
   * @param {string} knob
   * @param {string|number} value
   */
  async twin(knob, value) {
    await this.#whole();
    const note = this.#change(knob, (p) => whole(p).twin(knob, String(value)));
    this.#messages.remark(note ? [note] : []);
  }

  /** Takes the second run away. */
  endTwin() {
    const knob = this.twinned?.knob;
    if (knob) this.#change(knob, (p) => whole(p).clearTwin());
  }

  /** Settings, weights, data and kernel, for a check elsewhere. @returns {Promise<string>} */
  async json() {
    await this.#whole();
    return this.#guard(() => this.opened().call((p) => whole(p).json()));
  }

  /** Moves the run, as it stands, into the engine that has all there is. */
  async #whole() {
    const session = this.opened();
    if (session.whole) return;
    // What does not come leaves the run as it is.
    const moved = await session.moved(exhibitOf(this));
    if (this.session === session) await this.#open(async () => moved, this.running);
    else moved.close();
  }

  /**
   * Changes something about the run, and says so.
   * @template T
   * @param {string} knob that it is about
   * @param {(p: Playground) => T} work
   * @param {() => boolean} [isNews] whether there is anything to say: elements that
   *   follow each other would otherwise never end
   * @returns {T}
   */
  #change(knob, work, isNews = () => true) {
    const session = this.opened();
    const wasEnded = this.#ended;
    const result = this.#guard(() => session.call(work));
    // From here on it is another run than the one a link asked for.
    if (session.knob(knob)?.effect !== "view") this.#target = 0;
    session.remember();
    // A run that was over goes on: as a new one, or because more of it is wanted.
    if (wasEnded && session.call((p) => p.status()).state === "ready") {
      this.#ended = false;
      this.play();
    }
    // The next frame draws it, and a person who drags a slider need not wait twice.
    if (this.#loop.soon && this.#parts) this.#showing.controls(session, this.#parts);
    else this.#show();
    if (isNews()) this.dispatchEvent(new CustomEvent("ntk-change", { bubbles: true, composed: true, detail: { knob, value: this.get(knob) } }));
    return result;
  }

  /**
   * Looks at the next value of a view, as the arrow keys do; 0 looks away.
   * Says whether there is anything to look at.
   * @param {string} view
   * @param {number} delta
   */
  look(view, delta) {
    const session = this.opened();
    const changed = session.call((p) => (delta === 0 ? p.probeClear() : p.probeStep(view, delta)));
    if (!changed) return changed;
    this.#show();
    // What is pointed at is drawn and stands in the title row; whoever looks
    // along with the keys is told.
    const figure = this.#parts?.figures.find((one) => one.view === view);
    if (figure && delta !== 0) this.#messages.speak(`${figure.name.textContent}, ${figure.reading.textContent}`);
    return changed;
  }

  /**
   * Does what a key does in an exhibit that has the focus.
   * @param {string} key as `KeyboardEvent.key` names it
   * @returns {boolean} whether it did anything
   */
  press(key) {
    this.opened();
    return !this.#root.dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true }));
  }

  /** @override @protected @param {string} view */
  sizeOf(view) {
    const figure = this.#parts?.figures.find((one) => one.view === view);
    return figure?.width ? [figure.width, figure.height] : super.sizeOf(view);
  }

  // --- opening and closing -------------------------------------------------

  #start() {
    if (this.session || this.#opening || this.#refused) return;
    const query = queryOf(this);
    const plays = isOn(this, "autoplay") && !reducedMotion();
    void this.#open(() => Session.open(exhibitOf(this), query.toString()), plays);
  }

  /**
   * @param {() => Promise<Session>} opening
   * @param {boolean} plays
   */
  async #open(opening, plays) {
    const turn = ++this.#turn;
    this.#reopen = () => void this.#open(opening, plays);
    this.#opening = true;
    this.#renewReady();
    this.#refused = false;
    try {
      const [session] = await Promise.all([opening(), loadLayout(exhibitOf(this))]);
      // Closed, or asked for something else, while the engine was loading.
      if (turn !== this.#turn) return session.close();
      this.#begin(session, plays);
    } catch (error) {
      if (turn === this.#turn) await this.#refuse(/** @type {Error} */ (error));
    }
  }

  /** Shows an exhibit that has been opened. @param {Session} session @param {boolean} plays */
  #begin(session, plays) {
    this.#opening = false;
    this.hold(session);
    this.#build(session);
    this.#messages.clear();
    this.#messages.remark([...session.call((p) => p.notes()), ...unknownWords(this, session)]);
    // A link to a certain step replays up to that step and stands there.
    const target = session.call((p) => p.target);
    this.#target = target > session.call((p) => p.stepCount) ? target : 0;
    this.#loop.wanted = plays || this.#target > 0;
    this.#arrange();
    this.#showRunning();
    this.#ready.resolve();
    this.dispatchEvent(new CustomEvent("ntk-ready", { bubbles: true, composed: true }));
  }

  /** The page is about to be printed, and nothing waits for a promise; or it has been. @param {boolean} isPrinted */
  printed(isPrinted) {
    showTheme(this);
    if (isPrinted && !this.session && !this.#refused) this.#openAtOnce();
    if (this.session) this.#arrange();
    else if (isPrinted) this.#root.append(h("p", { class: "absent" }, absent(exhibitOf(this))));
  }

  /** Opens the exhibit now if its engine is there, and otherwise as usual. */
  #openAtOnce() {
    try {
      const session = hasLayout(exhibitOf(this)) && Session.now(exhibitOf(this), queryOf(this).toString());
      if (!session) return this.#start();
      this.#turn += 1;
      this.#begin(session, isOn(this, "autoplay") && !reducedMotion());
    } catch {
      // It says why where it is opened as usual.
      this.#start();
    }
  }

  /** Shows why nothing opened, and a way on. @param {Error} error */
  async #refuse(error) {
    this.#opening = false;
    this.#refused = true;
    this.#ready.reject(error);
    if (!this.#parts) this.#dress(isCard(this));
    await this.#faults.refused(error, this.#reopen, async () => {
      const known = await exhibits(exhibitOf(this));
      const exhibit = known.some(({ name }) => name === exhibitOf(this)) ? exhibitOf(this) : known[0].name;
      return () => {
        if (exhibit !== exhibitOf(this)) this.setAttribute("exhibit", exhibit);
        void this.#open(() => Session.open(exhibit, ""), isOn(this, "autoplay") && !reducedMotion());
      };
    });
  }

  #close() {
    // Whatever is still opening finds that its turn has passed.
    this.#turn += 1;
    this.#opening = this.#refused = false;
    this.#loop.wanted = false;
    this.hold(null);
    this.#renewReady();
  }

  /** Who has been answered gets another answer; who waits goes on waiting, also for an element that is put back. */
  #renewReady() {
    if (this.#ready.settled) this.#ready = deferred();
  }

  /** @param {Session} session */
  #build(session) {
    this.#parts = buildParts(this, session, this.#messages, {
      playOrPause: () => this.#tell(() => (this.running ? this.pause() : this.play())),
      stepOnce: () => this.#tell(() => this.step()),
      startOver: () => this.#tell(() => this.reset()),
      choose: (knob, text) => this.#tell(() => this.set(knob, text)),
      actions: exportActions(this, this.#messages, this.#windows, (work) => this.#tell(work)),
      probe: (change) => this.#probe(change),
      embed: () => this.#tell(this.#windows.embed),
    });
    this.#root.replaceChildren(this.#messages.alert, ...this.#parts.nodes, this.#messages.spoken);
    this.#dress(this.#parts.card);
  }

  /** As a card, or as an exhibit with all its parts. @param {boolean} card */
  #dress(card) {
    showTheme(this);
    this.#root.className = card ? "exhibit card" : "exhibit";
    nameParts(this.#root);
  }

  #place() {
    return { host: this, parts: /** @type {Parts} */ (this.#parts), windows: this.#windows, points: () => this.#points() };
  }

  /** What the window of own points acts on; null where there can be none. @returns {Promise<PointsHost|null>} */
  async #points() {
    await this.#whole();
    const { pointsOf } = await load("points-host");
    return pointsOf({
      host: this,
      session: this.opened(),
      parts: /** @type {Parts} */ (this.#parts),
      guard: (work) => this.#guard(work),
      change: (knob, work) => this.#change(knob, work),
      drawn: () => this.#arrange(),
    });
  }

  /**
   * What has been changed together is taken over together.
   * @param {MutationRecord[]} records
   */
  #attributesChanged(records) {
    for (const name of new Set(records.map(({ attributeName }) => attributeName ?? ""))) this.#attributeChanged(name);
  }

  /** @override @protected */
  opened() {
    // Who sets an attribute and then asks means the exhibit as it has been set.
    this.#attributesChanged(this.#attributes.takeRecords());
    return super.opened();
  }

  /** @param {string} name */
  #attributeChanged(name) {
    if (name === "theme" && shownTheme(this)) showTheme(this);
    if (name === "hide-values") this.#show();
    if (name === "performance") this.#tell(() => this.#watchTime());
    const whole = ["exhibit", "views", "controls", "run", "changes", "step"].includes(name);
    if (this.#refused ? whole || mayBeKnob(name) : this.session && whole) {
      const plays = this.session ? this.running : isOn(this, "autoplay") && !reducedMotion();
      void this.#open(() => Session.open(exhibitOf(this), queryOf(this).toString()), plays);
    } else if (this.session && mayBeKnob(name)) {
      const value = this.getAttribute(name) ?? this.session.knob(name)?.default;
      if (value !== undefined && value !== this.session.value(name)) this.#tell(() => this.set(name, value));
    }
  }

  // --- running and drawing -------------------------------------------------

  /**
   * @param {number} most parts to draw
   * @param {boolean} rests whether it only draws
   * @returns {number} how many were drawn
   */
  #frame(most, rests) {
    const session = this.session;
    if (!session) return 0;
    const meter = this.#meter;
    meter?.begin();
    try {
      const { share } = this.#loop;
      if (!rests) {
        session.call((p) => {
          if (this.#target > 0) p.advance(this.#target - p.stepCount, REPLAY_BUDGET * share);
          else if (reducedMotion()) p.advance(p.paceSteps() * CALM.paces, CALM.budget * share);
          else p.advance(p.paceSteps(), FRAME_BUDGET * share);
        });
      }
      meter?.trained(session);
      const arrived = this.#target > 0 && session.call((p) => p.stepCount) >= this.#target;
      if (arrived) this.#target = 0;
      if (arrived || session.call((p) => p.status()).state !== "ready") this.#stop();
      else return this.#show(most);
    } catch (error) {
      this.#trapped(/** @type {Error} */ (error));
    } finally {
      meter?.drawn();
    }
    return 0;
  }

  /** Opens or closes the panel of times, as the attribute `performance` says. */
  async #watchTime() {
    const asked = () => this.isConnected && isOn(this, "performance");
    const meter = asked() ? await this.#windows.meter().catch((/** @type {Error} */ error) => {
      // So that it can be asked for once more.
      this.removeAttribute("performance");
      throw error;
    }) : null;
    this.#meter?.close();
    this.#meter = meter && asked() ? meter.open() : null;
  }

  #stop() {
    this.#loop.wanted = false;
    this.#show();
    this.#showRunning();
  }

  /**
   * Draws it as it now is: everything, or some of it while the run plays.
   * @param {number} [most] parts to draw
   */
  #show(most = Infinity) {
    const session = this.session;
    const parts = this.#parts;
    let drawn = 0;
    if (!session || !parts || session.dead || !this.isConnected) return drawn;
    try {
      this.#root.classList.toggle("without-values", isOn(this, "hide-values"));
      const status = session.call((p) => p.status());
      this.#ended = status.state !== "ready";
      if (this.#ended && this.running) {
        this.#loop.wanted = false;
        this.#showRunning();
      }
      this.#messages.ended(this.#ended ? status.message : "");
      const twin = this.twinned;
      this.#messages.beside(twin && twin.label, () => this.#tell(() => this.endTwin()));
      drawn = this.#showing.show(this, session, parts, !this.running, most);
      this.dispatchEvent(new CustomEvent("ntk-frame", { bubbles: true, composed: true, detail: { step: session.call((p) => p.stepCount) } }));
    } catch (error) {
      this.#trapped(/** @type {Error} */ (error));
    }
    return drawn;
  }

  #showRunning() {
    this.#parts?.strip.showRunning(this.running, this.#ended);
    if (!this.running && this.session && !this.session.dead) {
      this.#messages.speak(isOn(this, "hide-values") ? `${this.caption}. Values are hidden.` : this.description);
    }
  }

  /** @param {(p: Playground) => boolean} change */
  #probe(change) {
    const session = this.session;
    if (!session || session.dead) return;
    this.#tell(() => {
      // While the run plays the next frame shows it anyway.
      if (session.call(change) && !this.running) this.#show();
    });
  }

  #arrange() {
    if (!this.#parts || !this.isConnected) return;
    const { card, figures, strip } = this.#parts;
    this.#enlarge();
    // Not the width of the element itself: a page may have made it inline.
    const width = this.#ruler.clientWidth;
    const size = width >= 1080 ? "wide" : width >= (card ? 460 : 640) ? "mid" : "narrow";
    this.#root.dataset.size = size;
    strip.arrange(card ? "wide" : size, shownTheme(this) === "projector");
    strip.measure();
    for (const figure of figures) figure.measure();
    this.#show();
  }

  /** All of it as much larger as the reader's browser has type, where there is room. */
  #enlarge() {
    const times = parseFloat(getComputedStyle(this.#ruler).fontSize) / USUAL_TYPE;
    if (!(times > 1.1)) return;
    const { style } = this.#box;
    style.setProperty("zoom", "1");
    style.setProperty("zoom", String(Math.max(1, Math.min(times, this.#ruler.clientWidth / NARROWEST))));
  }

  #watchDensity() {
    this.#density = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    this.#density.addEventListener("change", this.#densityChanged, { once: true });
  }

  #densityChanged = () => {
    this.#watchDensity();
    this.#show();
  };

  // --- errors --------------------------------------------------------------

  /** Shows a trap in the element before the caller sees it. @template T @param {() => T} work @returns {T} */
  #guard(work) {
    try {
      return work();
    } catch (error) {
      if (error instanceof Trap) this.#trapped(error);
      throw error;
    }
  }

  /** For what a person does in the element: errors become sentences in it. @param {() => unknown} work */
  #tell(work) {
    const failed = (/** @type {Error} */ error) => {
      if (error instanceof Trap) return this.#trapped(error);
      this.#messages.remark([error.message]);
      this.#faults.report(error);
      this.#show();
    };
    try {
      const doing = work();
      if (doing instanceof Promise) doing.catch(failed);
    } catch (error) {
      failed(/** @type {Error} */ (error));
    }
  }

  /** @param {Error} error */
  #trapped(error) {
    this.#loop.wanted = false;
    this.#parts?.strip.showRunning(false, false);
    const session = this.session;
    // A link that was on its way to its step is opened once more.
    const again = this.#target > 0 ? this.#reopen : () => session && void this.#open(() => session.restarted(exhibitOf(this)), false);
    this.#faults.stopped(error, this.#target > 0 ? "the link anew" : "at step 0, with the same settings", again);
  }
}

for (const { prototype } of [ExhibitReader, NtkPlayground]) acceptValues(prototype);
