import {
  exportJWK,
  generateKeyPair,
  JWK,
  JWTPayload,
  KeyLike,
  SignJWT,
} from 'jose';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** Hands out the tokens of workflows as GitHub does, and wrong ones. */
export class GithubIssuer {
  /** What it answers with instead of its keys. */
  failure: number | undefined;
  requests = 0;

  static async start(): Promise<GithubIssuer> {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'RS256' };
    const issuer = new GithubIssuer(privateKey, jwk);
    await new Promise<void>(resolve =>
      issuer.server.listen(0, '127.0.0.1', resolve),
    );
    return issuer;
  }

  private readonly server: Server;

  private constructor(
    private readonly privateKey: KeyLike,
    private readonly jwk: JWK,
  ) {
    this.server = createServer((req, res) => {
      this.requests += 1;
      res.setHeader('content-type', 'application/json');
      if (this.failure) {
        res.statusCode = this.failure;
        res.end('{}');
      } else if (req.url === '/.well-known/openid-configuration') {
        res.end(
          JSON.stringify({
            issuer: this.issuer,
            jwks_uri: `${this.issuer}/keys`,
          }),
        );
      } else {
        res.end(JSON.stringify({ keys: [this.jwk] }));
      }
    });
  }

  get issuer(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** The public key as text, with which a careless verifier would check HS256. */
  get publicKeyText(): Uint8Array {
    return new TextEncoder().encode(JSON.stringify(this.jwk));
  }

  async token(
    options: {
      claims?: JWTPayload;
      header?: { alg?: string; kid?: string };
      key?: KeyLike | Uint8Array;
    } = {},
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({
      iss: this.issuer,
      aud: 'https://portal.example',
      sub: 'repo:Kestrelvale/Sourced:ref:refs/heads/main',
      repository: 'Kestrelvale/Sourced',
      ref: 'refs/heads/main',
      iat: now,
      nbf: now,
      exp: now + 300,
      ...options.claims,
    })
      .setProtectedHeader({
        typ: 'JWT',
        alg: 'RS256',
        kid: 'key-1',
        ...options.header,
      })
      .sign(options.key ?? this.privateKey);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}
