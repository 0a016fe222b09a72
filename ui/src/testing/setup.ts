import { configure } from "@testing-library/svelte";

// Generous, so that `waitFor` and `findBy…` hold on a busy machine too.
configure({ asyncUtilTimeout: 10_000 });
