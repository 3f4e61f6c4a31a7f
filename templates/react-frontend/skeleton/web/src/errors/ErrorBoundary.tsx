import { Component, type ReactNode } from 'react';
import { traceId } from '../api/trace.ts';
import { reportError } from './reportError.ts';

interface Props {
  readonly children: ReactNode;
}

/** What is left when the page itself fails: a word about it, and a way on. */
export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    reportError('render', error);
  }

  override render() {
    if (!this.state.failed) {
      return this.props.children;
    }
    return (
      <main role="alert">
        <h1>Something went wrong</h1>
        <p>
          The error was reported. Whoever helps you finds it as <code>{traceId}</code>.
        </p>
        <button type="button" onClick={() => window.location.reload()}>
          Load the page again
        </button>
      </main>
    );
  }
}
