import { expect, it } from "vitest";
import { forgetListing, listingOf } from "./listing.svelte";

it("keeps what a list was narrowed to, for this wallet and until it is locked", () => {
  listingOf("w1").wanted = "bank";
  expect(listingOf("w1").wanted).toBe("bank");
  expect(listingOf("w2").wanted).toBe("");
  listingOf("w1").wanted = "bank";
  const left = listingOf("w1");
  forgetListing();
  // A view that is still on its way out cannot bring it back.
  left.wanted = "safe";
  expect(listingOf("w1").wanted).toBe("");
});
