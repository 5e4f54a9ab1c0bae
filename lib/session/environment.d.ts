/// <reference types="next" />

/** Next replaces `process.env.NEXT_RUNTIME`, written so, by a constant; its own types leave the name out. */
declare namespace NodeJS {
  interface ProcessEnv {
    readonly NEXT_RUNTIME?: "nodejs" | "edge"
  }
}
