/** What the tests, in a process of their own, know of what was started. */
export interface Situation {
  /** Of the portal. */
  url: string;
  logFile: string;
  sessionSecret: string;
  github: {
    url: string;
    apiUrl: string;
    organization: string;
    token: string;
    users: ReadonlyArray<{ login: string; token: string }>;
    app: {
      clientSecret: string;
      privateKey: string;
      webhookSecret: string;
    };
    oidc: { audience: string };
  };
  postgres: {
    host: string;
    port: number;
    user: string;
    password: string;
    database: string;
  };
}

const variable = 'WAYMARK_E2E_PRODUCTION';

export function keep(current: Situation): void {
  process.env[variable] = JSON.stringify(current);
}

export function situation(): Situation {
  const text = process.env[variable];
  if (!text) {
    throw new Error(`${variable} is not set; the global setup sets it`);
  }
  return JSON.parse(text);
}
