import { Component, type ReactNode } from 'react';
import { ErrorNotice } from './error-notice.tsx';

interface Props {
  children: ReactNode;
  /** Another value here tries again: the id of what is shown. */
  resetKey?: string;
}

interface State {
  error: unknown;
  resetKey: string | undefined;
}

/** Keeps an error inside one part of a page. Routes have their own. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps({ resetKey }: Props, state: State): State | null {
    return resetKey === state.resetKey ? null : { error: null, resetKey };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <ErrorNotice error={this.state.error} onRetry={() => this.setState({ error: null })} />;
  }
}
