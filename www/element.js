// <ntk-playground>: one exhibit on any page. It is what a page sees of it, attributes
// and methods. opening.js opens it, player.js runs it, display.js holds
// what is shown; the engine computes and draws.

import css from "./element.css.js";
import { isOn, mayBeKnob } from "./attributes.js";
import { Display } from "./display.js";
import { h, sheet, adoptSheet, readoptSheets } from "./dom.js";
import { exhibitOf, exportActions } from "./exports.js";
import { Faults, load } from "./faults.js";
import { handleKey, keepKey } from "./keys.js";
import { Messages } from "./messages.js";
import { Opening, playsAtOnce } from "./opening.js";
import { absent, isForPrint, unwatchPrint, watchPrint } from "./print.js";
import { isCard, unknownWords } from "./parts.js";
import { addresses } from "./addresses.js";
import { Player } from "./player.js";
import { ExhibitReader } from "./reader.js";
import { acceptValues, takeOwn } from "./reflect.js";
import { exhibits, Session } from "./session.js";
import { showTheme, shownTheme, unwatchTheme, watchTheme } from "./theme-watch.js";
import { windowsOf } from "./windows.js";

/** @import { PointsHost } from "./keys.js" */
/** @import { Playground, FullPlayground } from "./wasm.js" */
/** @import { Parts } from "./parts.js" */

const styles = sheet(css);

/** The full engine, once it was asked for. @param {Playground} p */
const full = (p) => /** @type {FullPlayground} */ (p);

export class NtkPlayground extends ExhibitReader {
  /**
   * The address of the page of all exhibits, to which links of the elements lead; null
   * where there is none, as in a package that nobody has told.
   * @type {string|null}
   */
  static get home() {
    return addresses.home;
  }

  static set home(address) {
    addresses.home = address === null ? null : new URL(address, location.href).href;
  }

  /**
   * The folder of the engines (`.wasm`), before the first element opens; null where they
   * lie beside the scripts.
   * @type {string|null}
   */
  static get files() {
    return addresses.files;
  }

  static set files(folder) {
    addresses.files = folder === null ? null : new URL(folder.endsWith("/") ? folder : `${folder}/`, location.href).href;
  }

  #messages = new Messages();
  #faults = new Faults(this, this.#messages, { crashed: (error) => this.#crashed(error), shown: () => this.#player.show() });
  #display = new Display(this, this.#messages, () => this.#player.arrange());
  #player = new Player(this, this.#display, this.#messages, {
    session: () => this.session,
    near: () => this.#start(),
    endTwin: () => this.#faults.attempt(() => this.endTwin()),
    failed: (error) => this.#crashed(error),
  });
  #opening = new Opening(this, (session, plays) => this.#begin(session, plays), (error) => this.#refuse(error));
  /** Whether somebody waits for the first picture. */
  #awaited = false;
  #attributes = new MutationObserver((records) => this.#attributesChanged(records));
  #windows = windowsOf(this, () => this.#place(), (work) => this.#faults.attempt(work));

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: "open" });
    adoptSheet(shadow, styles);
    const { box, root } = this.#display;
    shadow.append(box);
    // After all that listen inside.
    shadow.addEventListener("keydown", (event) => keepKey(/** @type {KeyboardEvent} */ (event)));
    root.addEventListener("keydown", (event) => {
      if (this.session && this.#display.parts) handleKey(event, this.#place(), (work) => this.#faults.attempt(work));
    });
    for (const event of ["pointerdown", "click", "keydown"]) {
      root.addEventListener(event, () => this.#player.loop.rest(), { capture: true });
    }
    // Every knob is an attribute, and which knobs there are only the exhibit
    // knows: `observedAttributes` would have to list them in advance.
    this.#attributes.observe(this, { attributes: true });
  }

  /** In another document: a frame, or a window of its own. */
  adoptedCallback() {
    readoptSheets(/** @type {ShadowRoot} */ (this.shadowRoot));
  }

  connectedCallback() {
    takeOwn(this);
    watchTheme(this);
    this.#player.loop.connect();
    this.#display.connect();
    this.#faults.attempt(() => this.#player.watchTime());
    watchPrint(this);
    if (this.#awaited || isForPrint()) this.#start();
  }

  disconnectedCallback() {
    unwatchTheme(this);
    unwatchPrint(this);
    this.#player.loop.disconnect();
    this.#display.disconnect();
    // Moving an element disconnects and connects it: the run must survive that.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#close();
      void this.#player.watchTime();
    });
  }

  themeChanged() {
    // Off the screen it waits: a page of many would hold up the click.
    if (this.#player.loop.onScreen) this.#player.arrange();
  }

  // --- public interface ----------------------------------------------------

  /** Resolves when the first picture is drawn. Asking opens the exhibit, on the screen or off. */
  get ready() {
    this.#attributesChanged(this.#attributes.takeRecords());
    this.#awaited = true;
    if (this.isConnected) this.#start();
    return this.#opening.ready;
  }

  get running() {
    return this.#player.running;
  }

  /** Plays on; at the end of a run, from step 0. */
  play() {
    this.opened();
    if (this.#player.ended) this.reset();
    this.#player.play();
  }

  pause() {
    this.opened();
    this.#player.stop();
  }

  /** @param {number} [count] */
  step(count = 1) {
    const session = this.opened();
    if (!Number.isInteger(count) || count < 1) throw new Error(`step: ${count} is not a whole number above zero.`);
    this.#player.target = 0;
    this.#faults.guard(() => session.call((p) => {
      // No time limit: who asks for a number of steps gets that number.
      p.advance(count, Infinity);
    }));
    this.#player.stop();
  }

  reset() {
    const session = this.opened();
    this.#player.target = 0;
    this.#faults.guard(() => session.call((p) => p.reset()));
    this.#player.show();
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
   * Adds a comparison run that differs in one knob; both start at step 0.
   * @param {string} knob
   * @param {string|number} value
   */
  async twin(knob, value) {
    await this.#migrate();
    const note = this.#change(knob, (p) => full(p).twin(knob, String(value)));
    this.#messages.remark(note ? [note] : []);
  }

  /** Ends the comparison run. */
  endTwin() {
    const knob = this.twinned?.knob;
    if (knob) this.#change(knob, (p) => full(p).clearTwin());
  }

  /** Settings, weights, data and kernel, for a check elsewhere. @returns {Promise<string>} */
  async json() {
    await this.#migrate();
    return this.#faults.guard(() => this.opened().call((p) => full(p).json()));
  }

  /** Migrates the run, as it stands, to the full engine. */
  async #migrate() {
    const session = this.opened();
    if (session.isFull) return;
    // What does not come leaves the run as it is.
    const migrated = await session.migrated(exhibitOf(this));
    if (this.session === session) await this.#opening.open(async () => migrated, this.running);
    else migrated.close();
  }

  /**
   * Changes something about the run, and reports it.
   * @template T
   * @param {string} knob that it is about
   * @param {(p: Playground) => T} work
   * @param {() => boolean} [isNews] whether there is anything to say: elements that
   *   follow each other would otherwise never end
   * @returns {T}
   */
  #change(knob, work, isNews = () => true) {
    const session = this.opened();
    const player = this.#player;
    const wasEnded = player.ended;
    const result = this.#faults.guard(() => session.call(work));
    // From here on it is another run than the one a link asked for.
    if (session.knob(knob)?.effect !== "view") player.target = 0;
    session.recordSettings();
    // A run that was over goes on: as a new one, or because more of it is wanted.
    if (wasEnded && session.call((p) => p.status()).state === "ready") {
      player.ended = false;
      player.play();
    }
    player.showChange(session);
    if (isNews()) this.dispatchEvent(new CustomEvent("ntk-change", { bubbles: true, composed: true, detail: { knob, value: this.get(knob) } }));
    return result;
  }

  /**
   * Moves the cursor of a view by so many values, as the arrow keys do; 0 clears it.
   * Returns whether there is a value there.
   * @param {string} view
   * @param {number} delta
   */
  look(view, delta) {
    const session = this.opened();
    const changed = session.call((p) => (delta === 0 ? p.probeClear() : p.probeStep(view, delta)));
    if (!changed) return changed;
    this.#player.show();
    if (isOn(this, "hide-values")) return changed;
    // The value under the cursor stands in the title row; a screen reader reads it out.
    const figure = this.#display.parts?.figures.find((one) => one.view === view);
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
    return !this.#display.root.dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true }));
  }

  /** @override @protected @param {string} view */
  sizeOf(view) {
    const figure = this.#display.parts?.figures.find((one) => one.view === view);
    return figure?.width ? [figure.width, figure.height] : super.sizeOf(view);
  }

  // --- opening and closing -------------------------------------------------

  #start() {
    if (!this.session && !this.#opening.pending && !this.#opening.refused) this.#opening.start();
  }

  /** Shows an exhibit that has been opened. @param {Session} session @param {boolean} plays */
  #begin(session, plays) {
    this.hold(session);
    this.#display.build(session, {
      playOrPause: () => this.#faults.attempt(() => (this.running ? this.pause() : this.play())),
      stepOnce: () => this.#faults.attempt(() => this.step()),
      startOver: () => this.#faults.attempt(() => this.reset()),
      choose: (knob, text) => this.#faults.attempt(() => this.set(knob, text)),
      actions: exportActions(this, this.#messages, this.#windows, (work) => this.#faults.attempt(work)),
      probe: (change) => this.#probe(change),
      // While it plays on the screen the next frames do.
      redraw: () => {
        if (!this.#player.loop.soon) this.#player.show();
      },
      embed: () => this.#faults.attempt(this.#windows.embed),
    });
    this.#messages.clear();
    this.#messages.remark([...session.call((p) => p.notes()), ...unknownWords(this, session)]);
    this.#player.begin(session, plays);
  }

  /** The page is about to be printed, and nothing waits for a promise; or it has been. @param {boolean} isPrinted */
  printed(isPrinted) {
    showTheme(this);
    if (isPrinted && !this.session && !this.#opening.refused) this.#opening.startNow();
    if (this.session) this.#player.arrange();
    else if (isPrinted) this.#display.root.append(h("p", { class: "absent" }, absent(exhibitOf(this))));
  }

  /** Shows why nothing opened, and a way on. @param {Error} error */
  async #refuse(error) {
    if (!this.#display.parts) this.#display.dress(isCard(this));
    await this.#faults.refused(error, this.#opening.again, async () => {
      const known = await exhibits(exhibitOf(this));
      const exhibit = known.some(({ name }) => name === exhibitOf(this)) ? exhibitOf(this) : known[0].name;
      return () => {
        if (exhibit !== exhibitOf(this)) this.setAttribute("exhibit", exhibit);
        void this.#opening.open(() => Session.open(exhibit, ""), playsAtOnce(this));
      };
    });
  }

  #close() {
    this.#player.loop.wanted = false;
    this.hold(null);
    this.#opening.close();
  }

  #place() {
    return { host: this, parts: /** @type {Parts} */ (this.#display.parts), windows: this.#windows, points: () => this.#points() };
  }

  /** What the editor of user data acts on; null where there can be none. @returns {Promise<PointsHost|null>} */
  async #points() {
    await this.#migrate();
    const { pointsOf } = await load("points-host");
    return pointsOf({
      host: this,
      session: this.opened(),
      parts: /** @type {Parts} */ (this.#display.parts),
      guard: (work) => this.#faults.guard(work),
      change: (knob, work) => this.#change(knob, work),
      drawn: () => this.#player.arrange(),
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
    if (name === "hide-values") this.#hideValues();
    if (name === "performance") this.#faults.attempt(() => this.#player.watchTime());
    const whole = ["exhibit", "views", "controls", "run", "changes", "step"].includes(name);
    if (this.#opening.refused ? whole || mayBeKnob(name) : this.session && whole) {
      this.#opening.start(this.session ? this.running : playsAtOnce(this));
    } else if (this.session && mayBeKnob(name)) {
      const value = this.getAttribute(name) ?? this.session.knob(name)?.default;
      if (value !== undefined && value !== this.session.value(name)) this.#faults.attempt(() => this.set(name, value));
    }
  }

  /** Shows the values or hides them, and says so. */
  #hideValues() {
    const hidden = isOn(this, "hide-values");
    this.#display.parts?.toolbar.open(false);
    this.#messages.remark(hidden ? ["Values are hidden. To show them, press H or choose \u201cHide values\u201d in More again."] : []);
    this.#player.show();
  }

  /** @param {(p: Playground) => boolean} change */
  #probe(change) {
    const session = this.session;
    if (!session || session.dead) return;
    this.#faults.attempt(() => {
      // While the run plays the next frame shows it anyway.
      if (session.call(change) && !this.running) this.#player.show();
    });
  }

  // --- errors --------------------------------------------------------------

  /** @param {Error} error */
  #crashed(error) {
    const isReplay = this.#player.target > 0;
    const session = this.session;
    this.#player.halt();
    // A link that was on its way to its step is opened once more.
    const again = isReplay ? this.#opening.again : () => session && void this.#opening.open(() => session.restarted(exhibitOf(this)), false);
    this.#faults.stopped(error, isReplay ? "replays the link" : "begins at step 0, with the same settings", again);
  }
}

for (const { prototype } of [ExhibitReader, NtkPlayground]) acceptValues(prototype);
