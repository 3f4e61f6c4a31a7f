import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';

const LIFETIME_S = 300;

const encode = value =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

const newKey = () => ({
  kid: randomUUID(),
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }),
});

/** ID tokens of GitHub Actions, as a workflow run would get them. */
export class ActionsTokens {
  #state;
  #key = newKey();

  constructor(state) {
    this.#state = state;
  }

  get issuer() {
    return `${this.#state.url}/_services/token`;
  }

  /** What GitHub takes when a workflow names no audience. */
  audienceOf(owner) {
    return `${this.#state.url}/${owner}`;
  }

  configuration() {
    return {
      issuer: this.issuer,
      jwks_uri: `${this.issuer}/.well-known/jwks`,
      subject_types_supported: ['public', 'pairwise'],
      response_types_supported: ['id_token'],
      claims_supported: [
        'sub',
        'aud',
        'exp',
        'iat',
        'iss',
        'jti',
        'nbf',
        'ref',
        'repository',
        'repository_id',
        'repository_owner',
        'repository_owner_id',
        'run_id',
        'run_number',
        'run_attempt',
        'actor',
        'workflow',
        'head_ref',
        'base_ref',
        'event_name',
        'ref_type',
        'environment',
        'job_workflow_ref',
      ],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid'],
    };
  }

  keySet() {
    return {
      keys: [
        {
          ...this.#key.publicKey.export({ format: 'jwk' }),
          kid: this.#key.kid,
          use: 'sig',
          alg: 'RS256',
        },
      ],
    };
  }

  #claims({ repository: fullName, ref, audience, environment }) {
    const [owner, name] = fullName.split('/');
    const repository = this.#state.repository(owner, name);
    const branch = ref ?? `refs/heads/${repository?.defaultBranch ?? 'main'}`;
    const workflow = `${fullName}/.github/workflows/ci.yaml@${branch}`;
    return {
      sub: environment
        ? `repo:${fullName}:environment:${environment}`
        : `repo:${fullName}:ref:${branch}`,
      aud: audience ?? this.audienceOf(owner),
      ref: branch,
      ref_type: branch.startsWith('refs/tags/') ? 'tag' : 'branch',
      ref_protected: String(
        Boolean(repository?.protections.has(branch.replace('refs/heads/', ''))),
      ),
      sha: '0'.repeat(40),
      repository: fullName,
      repository_owner: owner,
      repository_id: String(repository?.id ?? 0),
      repository_owner_id: String(repository?.owner.id ?? 0),
      repository_visibility: repository?.visibility ?? 'private',
      run_id: '1',
      run_number: '1',
      run_attempt: '1',
      actor: 'waymark-bot',
      actor_id: String(this.#state.users.get('waymark-bot')?.id ?? 0),
      workflow: 'CI',
      workflow_ref: workflow,
      workflow_sha: '0'.repeat(40),
      job_workflow_ref: workflow,
      job_workflow_sha: '0'.repeat(40),
      head_ref: '',
      base_ref: '',
      event_name: 'push',
      runner_environment: 'github-hosted',
      ...(environment && { environment }),
    };
  }

  /**
   * A token for a run in a repository.
   *
   * @param {{
   *   repository: string,
   *   ref?: string,
   *   environment?: string,
   *   audience?: string | string[],
   *   expiresInSeconds?: number,
   *   claims?: Record<string, unknown>,
   *   key?: 'foreign',
   *   algorithm?: 'RS256' | 'none',
   * }} wanted `claims` win over everything else, `null` leaves one out;
   * `foreign` signs with a key nobody published, under the known key's id
   */
  async mint(wanted) {
    const { expiresInSeconds = LIFETIME_S, key, algorithm = 'RS256' } = wanted;
    const seconds = Math.floor(Date.now() / 1000);
    const claims = {
      jti: randomUUID(),
      ...this.#claims(wanted),
      iss: this.issuer,
      nbf: seconds - 600,
      iat: Math.min(seconds, seconds + expiresInSeconds - LIFETIME_S),
      exp: seconds + expiresInSeconds,
      ...wanted.claims,
    };
    for (const [name, value] of Object.entries(claims)) {
      if (value === null) {
        delete claims[name];
      }
    }
    const signer = key === 'foreign' ? newKey() : this.#key;
    const head = { typ: 'JWT', alg: algorithm, kid: this.#key.kid };
    const text = `${encode(head)}.${encode(claims)}`;
    const signature =
      algorithm === 'none'
        ? ''
        : sign('RSA-SHA256', Buffer.from(text), signer.privateKey).toString(
            'base64url',
          );
    return `${text}.${signature}`;
  }
}
