/** Links of the CRM itself: to a record, and to an activity on the timeline of the page. */
import type { WithChildren } from './props.ts';

interface Context {
  readonly objectTypeId?: string;
  readonly objectId?: number | string;
  readonly engagementId?: number | string;
}

const PAGES: Readonly<Record<string, string>> = {
  '0-1': 'contacts',
  '0-2': 'companies',
  '0-3': 'deals',
  '0-5': 'tickets',
};

interface Props extends WithChildren {
  readonly actionType: string;
  readonly actionContext: Context;
}

/** The host opens a record beside the page; here its page is opened. */
export function CrmActionLink({ actionType, actionContext, children, testId }: Props) {
  const { objectTypeId = '', objectId, engagementId } = actionContext;
  const page = `/sandbox/${PAGES[objectTypeId] ?? 'contacts'}/${objectId}${window.location.search}`;
  const href = actionType === 'ENGAGEMENT_APP_LINK' ? `#activity-${engagementId}` : page;
  return (
    <a className="uie-link uie-link--primary" href={href} data-testid={testId}>
      {children}
    </a>
  );
}
