import { Component, type ReactNode } from 'react';
import { ErrorNotice } from './error-notice.tsx';

interface Props {
  children: ReactNode;
  /** Another value here tries again: the id of what is shown. */
  resetKey?: string;
}

/** Keeps an error inside one part of a page. Routes have their own. */
export class ErrorBoundary extends Component<Props, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.error !== null && before.resetKey !== this.props.resetKey) this.setState({ error: null });
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <ErrorNotice error={this.state.error} onRetry={() => this.setState({ error: null })} />;
  }
}
