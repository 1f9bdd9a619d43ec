/** Fits a tenant's models somewhere the event loop does not wait. */
import type { PortalModels, TrainingInput } from '../models/portal-models.ts';

export type Trainer = (input: TrainingInput) => Promise<PortalModels>;
