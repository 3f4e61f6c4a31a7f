import type { ServiceImpl } from '@connectrpc/connect';
import { type GreetingService, Language } from './gen/greetings/v1/greetings_pb.ts';
import { refuseInvalid } from './refuse-invalid.ts';

const greetingByLanguage = new Map<Language, string>([
  [Language.ENGLISH, 'Hello'],
  [Language.GERMAN, 'Hallo'],
  [Language.FRENCH, 'Bonjour'],
]);

const maxName = 64;

/** The example; its contract is in proto/. */
export const greetings: ServiceImpl<typeof GreetingService> = {
  getGreeting(request) {
    const language = request.language === Language.UNSPECIFIED ? Language.ENGLISH : request.language;
    refuseInvalid({
      name: isName(request.name) || `must have 1 to ${maxName} characters`,
      language: greetingByLanguage.has(language) || 'must be a language of the contract',
    });
    return { greeting: greet(request.name, language) };
  },

  async *listGreetings(request) {
    refuseInvalid({ name: isName(request.name) || `must have 1 to ${maxName} characters` });
    for (const language of greetingByLanguage.keys()) {
      yield { greeting: greet(request.name, language) };
    }
  },
};

function greet(name: string, language: Language) {
  return { message: `${greetingByLanguage.get(language)}, ${name}!`, language };
}

function isName(name: string): boolean {
  const characters = [...name].length;
  return characters >= 1 && characters <= maxName;
}
