import { createHmac } from "node:crypto";
import http from "node:http";
import { setImmediate } from "node:timers";
import { setTimeout as wait } from "node:timers/promises";
import type { Emission } from "./events.ts";
import { seededRandom } from "./faults.ts";
import type { App, Json } from "./model.ts";
import type { World } from "./world.ts";

/** One event on its way to one app. */
export interface Delivery {
  id: number;
  /** Stays the same when GitHub delivers again. */
  guid: string;
  app: string;
  appId: number;
  event: string;
  action: string | null;
  installationId: number;
  repositoryId: number | null;
  payload: Json;
  /** When it was handed to the app, by the clock of this GitHub. */
  deliveredAt: string;
  redelivery: boolean;
  /** Milliseconds until the answer. */
  duration: number;
  /** The answer's status; 502 when there was no connection, 504 when there was no answer. */
  statusCode: number;
  /** `OK`, or what went wrong. */
  status: string;
  requestHeaders: Record<string, string>;
}

/** Takes deliveries instead of HTTP; resolves to the status that the app answered. */
export type Sink = (delivery: Delivery) => Promise<number>;

export interface WebhookOptions {
  sink?: Sink;
  /** Newest deliveries kept for the delivery log. */
  logLimit?: number;
  timeoutMs?: number;
}

/** What happens to deliveries on a bad day. Shares are from 0 to 1. */
export interface Weather {
  seed: number;
  /** Never arrive, and leave no trace. */
  lost?: number;
  /** Arrive twice. */
  doubled?: number;
  /** Arrive up to `lateMs` later, so that others overtake them. */
  late?: number;
  lateMs?: number;
}

interface Parked {
  delivery: Delivery;
  app: App;
}

type Storm = Weather & { next: () => number };

const TIMED_OUT = "timed out";

/** Brings events to apps, or holds them back for a test to play with. Like GitHub, it never tries again by itself. */
export class Webhooks {
  /** `hold` keeps every new delivery in `pending()`. */
  mode: "auto" | "hold" = "auto";
  sink: Sink | undefined;
  readonly log: Delivery[] = [];
  /** Deliveries made since the start, whatever became of them. */
  emitted = 0;
  readonly #world: World;
  readonly #logLimit: number;
  readonly #timeoutMs: number;
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  #parked: Parked[] = [];
  #weather: Storm | undefined;
  #flying = new Set<Promise<unknown>>();
  #sequence = 0;

  constructor(world: World, options: WebhookOptions) {
    this.#world = world;
    this.sink = options.sink;
    this.#logLimit = options.logLimit ?? 5000;
    this.#timeoutMs = options.timeoutMs ?? 10_000;
  }

  #guid(): string {
    const hex = this.#world.digest("delivery", this.#sequence);
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
      "-",
    );
  }

  send(emission: Emission): void {
    const { app, installation } = emission;
    if (!this.sink && app.webhookUrl === undefined) return;
    this.emitted++;
    this.#sequence++;
    const delivery: Delivery = {
      id: this.#sequence,
      guid: this.#guid(),
      app: app.slug,
      appId: app.id,
      event: emission.event,
      action: emission.action ?? null,
      installationId: installation.id,
      repositoryId: emission.repositoryId ?? null,
      payload: emission.payload,
      deliveredAt: this.#world.now(),
      redelivery: false,
      duration: 0,
      statusCode: 0,
      status: "pending",
      requestHeaders: {},
    };
    if (this.mode === "hold") this.#parked.push({ delivery, app });
    else if (this.#weather) this.#sendThrough(this.#weather, { delivery, app });
    else this.#start({ delivery, app });
  }

  /** From now on deliveries are lost, doubled and late, the same ones for the same seed; `undefined` ends it. */
  disturb(weather: Weather | undefined): void {
    this.#weather = weather && { ...weather, next: seededRandom(weather.seed) };
  }

  #sendThrough({ next, lost = 0, doubled = 0, late = 0, lateMs = 1000 }: Storm, parked: Parked): void {
    const [isLost, isDoubled, isLate] = [next() < lost, next() < doubled, next() < late];
    const delay = Math.round(next() * lateMs);
    if (isLost) return;
    this.#start(parked, isLate ? delay : 0);
    if (isDoubled) this.#start({ ...parked, delivery: { ...parked.delivery, id: ++this.#sequence } });
  }

  #start(parked: Parked, delayMs = 0): Promise<Delivery> {
    const soon = delayMs > 0 ? wait(delayMs) : new Promise<void>((resolve) => setImmediate(resolve));
    const flight = soon.then(() => this.#deliver(parked));
    this.#flying.add(flight);
    const land = () => this.#flying.delete(flight);
    flight.then(land, land);
    return flight;
  }

  async #deliver({ delivery, app }: Parked): Promise<Delivery> {
    delivery.deliveredAt = this.#world.now();
    const started = performance.now();
    try {
      const code = this.sink ? await this.sink(delivery) : await this.#post(delivery, app);
      delivery.statusCode = code;
      delivery.status = code >= 200 && code < 300 ? "OK" : `Invalid HTTP Response: ${code}`;
    } catch (error) {
      const slow = error instanceof Error && error.message === TIMED_OUT;
      delivery.statusCode = slow ? 504 : 502;
      delivery.status = slow ? "timed out" : "failed to connect to host";
    }
    delivery.duration = Math.round(performance.now() - started);
    this.#record(delivery);
    return delivery;
  }

  #record(delivery: Delivery): void {
    this.log.push(delivery);
    if (this.log.length > this.#logLimit * 1.1) this.log.splice(0, this.log.length - this.#logLimit);
  }

  #post(delivery: Delivery, app: App): Promise<number> {
    const body = Buffer.from(JSON.stringify(delivery.payload));
    const headers: Record<string, string> = {
      accept: "*/*",
      "content-type": "application/json",
      "user-agent": "GitHub-Hookshot/fake",
      "x-github-delivery": delivery.guid,
      "x-github-event": delivery.event,
      "x-github-hook-id": String(app.id),
      "x-github-hook-installation-target-id": String(app.id),
      "x-github-hook-installation-target-type": "integration",
    };
    if (app.webhookSecret !== undefined) {
      headers["x-hub-signature-256"] =
        `sha256=${createHmac("sha256", app.webhookSecret).update(body).digest("hex")}`;
    }
    delivery.requestHeaders = { ...headers };
    headers["content-length"] = String(body.length);
    return new Promise((resolve, reject) => {
      const request = http.request(
        app.webhookUrl as string,
        { method: "POST", headers, agent: this.#agent },
        (response) => {
          response.resume();
          response.on("end", () => resolve(response.statusCode ?? 0));
          response.on("error", reject);
        },
      );
      request.setTimeout(this.#timeoutMs, () => request.destroy(new Error(TIMED_OUT)));
      request.on("error", reject);
      request.end(body);
    });
  }

  /** What is held back, oldest first. */
  pending(): Delivery[] {
    return this.#parked.map((parked) => parked.delivery);
  }

  #take(id: number): Parked {
    const index = this.#parked.findIndex((parked) => parked.delivery.id === id);
    if (index < 0) throw new Error(`No held delivery has the id ${id}`);
    return this.#parked.splice(index, 1)[0] as Parked;
  }

  /** Hands one held delivery to the app; resolves when it has answered. */
  deliver(id: number): Promise<Delivery> {
    return this.#start(this.#take(id));
  }

  /** All that is held now, one after the other, also what comes up meanwhile. */
  async deliverAll(): Promise<void> {
    for (let next = this.#parked[0]; next; next = this.#parked[0]) await this.deliver(next.delivery.id);
  }

  /** Lost without a trace. */
  drop(id: number): void {
    this.#take(id);
  }

  /** Never reached the app, and the delivery log says so. */
  fail(id: number, statusCode = 500): void {
    const { delivery } = this.#take(id);
    delivery.statusCode = statusCode;
    delivery.status = `Invalid HTTP Response: ${statusCode}`;
    this.#record(delivery);
  }

  /** The same delivery, GUID included, once more at the end of what is held. */
  duplicate(id: number): Delivery {
    const parked = this.#parked.find((one) => one.delivery.id === id);
    if (!parked) throw new Error(`No held delivery has the id ${id}`);
    const delivery = { ...parked.delivery, id: ++this.#sequence };
    this.#parked.push({ delivery, app: parked.app });
    return delivery;
  }

  /** Puts what is held into this order; what is not named comes last. */
  reorder(ids: readonly number[]): void {
    const place = new Map(ids.map((id, index) => [id, index]));
    const of = (parked: Parked) => place.get(parked.delivery.id) ?? ids.length;
    this.#parked = this.#parked.sort((a, b) => of(a) - of(b));
  }

  /** Back to `auto`; what was held goes out in its order. */
  release(): void {
    this.mode = "auto";
    for (const parked of this.#parked.splice(0)) this.#start(parked);
  }

  find(id: number): Delivery | undefined {
    return this.log.find((delivery) => delivery.id === id);
  }

  /** What `POST /app/hook/deliveries/{id}/attempts` does: a new entry in the log with the same GUID. */
  redeliver(id: number, app: App): void {
    const delivery = this.find(id);
    if (!delivery) throw new Error(`No delivery has the id ${id}`);
    const again = { ...delivery, id: ++this.#sequence, redelivery: true, status: "pending", statusCode: 0 };
    if (this.mode === "hold") this.#parked.push({ delivery: again, app });
    else this.#start({ delivery: again, app });
  }

  /** Resolves when nothing is on its way any more. Held deliveries do not count. */
  async idle(): Promise<void> {
    while (this.#flying.size > 0) await Promise.allSettled([...this.#flying]);
  }

  /** Resolves when the deliveries that this causes at once were answered; others may still be under way. */
  async answered(doing: () => void): Promise<void> {
    const before = new Set(this.#flying);
    doing();
    await Promise.allSettled([...this.#flying].filter((flight) => !before.has(flight)));
  }

  close(): void {
    this.#agent.destroy();
  }
}
