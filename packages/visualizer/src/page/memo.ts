import { Component, type ComponentType, createElement } from 'preact';

/** A component that is drawn again only when one of its properties is another one: for long lists. */
export function memo<P extends object>(Inner: ComponentType<P>): ComponentType<P> {
  return class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const before: object = this.props;
      return Object.entries(next).some(([name, value]) => Reflect.get(before, name) !== value);
    }

    override render() {
      return createElement(Inner, this.props);
    }
  };
}
