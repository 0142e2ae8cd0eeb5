import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // A server starts in less than a second; this is for machines that do other things too.
    hookTimeout: 90_000,
    testTimeout: 90_000,
  },
});
