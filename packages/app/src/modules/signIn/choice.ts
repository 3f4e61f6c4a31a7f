import { z } from 'zod/v4';

const choiceSchema = z.discriminatedUnion('provider', [
  z.object({ provider: z.literal('guest') }),
  z.object({ provider: z.literal('github') }),
  z.object({ provider: z.literal('personas'), userEntityRef: z.string() }),
]);

/** As whom the reader entered. */
export type Choice = z.infer<typeof choiceSchema>;

const KEY = 'waymark.signIn';

// Each tab keeps its own choice, so that two of them can be two people; a new tab
// starts with what was chosen last in any of them.
const stores = () => [window.sessionStorage, window.localStorage];

/** Keeps a choice for the next time this page is loaded. */
export function rememberChoice(choice: Choice): void {
  for (const store of stores()) {
    store.setItem(KEY, JSON.stringify(choice));
  }
}

/** The choice to go on with, if there is one. */
export function recallChoice(): Choice | undefined {
  for (const store of stores()) {
    try {
      const { data } = choiceSchema.safeParse(
        JSON.parse(store.getItem(KEY) ?? 'null'),
      );
      if (data) {
        return data;
      }
    } catch {
      // Not ours, or of another version: as if there were none
    }
  }
  return undefined;
}

/** Makes the next load start with the sign-in page. */
export function forgetChoice(): void {
  for (const store of stores()) {
    store.removeItem(KEY);
  }
}
