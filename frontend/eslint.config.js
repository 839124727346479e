import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig({ ignores: ["node_modules"] }, js.configs.recommended, {
  files: ["**/*.ts"],
  extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
  languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
  rules: {
    "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    // The policy of pages has no unsafe-inline: what would need it, or would make markup of data, is not written.
    "no-restricted-properties": [
      "error",
      { property: "innerHTML", message: "make elements; data is never markup" },
      { property: "outerHTML", message: "make elements; data is never markup" },
      { property: "insertAdjacentHTML", message: "make elements; data is never markup" },
    ],
  },
});
