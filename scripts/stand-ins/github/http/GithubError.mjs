/** An answer that is a refusal, in the shape of GitHub's REST API. */
export class GithubError extends Error {
  /**
   * @param {number} status
   * @param {string} message
   * @param {{ errors?: object[], headers?: Record<string, string> }} [options]
   */
  constructor(status, message, { errors, headers = {} } = {}) {
    super(message);
    this.name = 'GithubError';
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }

  get body() {
    return {
      message: this.message,
      ...(this.errors && { errors: this.errors }),
      documentation_url: 'https://docs.github.com/rest',
      status: String(this.status),
    };
  }
}

/** GitHub's answer for what does not exist and for what one may not see. */
export const notFound = () => new GithubError(404, 'Not Found');

export const badCredentials = () => new GithubError(401, 'Bad credentials');

export const requiresAuthentication = () =>
  new GithubError(401, 'Requires authentication');

/** @param {{ resource: string, field?: string, code: string, message?: string }[]} errors */
export const validationFailed = errors =>
  new GithubError(422, 'Validation Failed', { errors });
