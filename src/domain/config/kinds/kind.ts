import type * as z from "zod";
import type { Item, ItemBase } from "../checklist.ts";

/** What the schema hands on for the keys of a shape. */
export type Values<Shape extends z.core.$ZodShape> = z.infer<z.ZodObject<Shape>>;

/** One kind of item. A new kind is a file beside this one and a line in `index.ts`. */
export interface Kind<Key extends string = string, Shape extends z.core.$ZodShape = z.core.$ZodShape> {
  /** The key that makes an item one of this kind; null for the kind without one. */
  readonly key: Key | null;
  /** All keys that only some kinds know. */
  readonly shape: Shape;
  /** Completes "this item …" in messages. */
  readonly says: string;
  resolve(base: ItemBase, raw: Values<Shape>): Item;
}
