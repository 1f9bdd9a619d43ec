/** Stands in for a component the kit does not draw, so that nothing disappears silently. */
import { say } from './props.ts';

export function Unknown({ name }: { readonly name: string }) {
  return (
    <p className="uie-unknown">
      {name}: {say('not available in the sandbox', '沙盒中不可用')}
    </p>
  );
}
