/** An account's topics as the server has them, and decisions about them with what came of the last one. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Decision, decide, readTopics } from './topics.ts';

export const useTopics = (tenantId: string) =>
  useQuery({ queryKey: ['topics', tenantId], queryFn: () => readTopics(tenantId) });

/** The list is read again after each decision that was taken. */
export function useDecision(tenantId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (decision: Decision) => decide(tenantId, decision),
    onSuccess: () => client.invalidateQueries({ queryKey: ['topics', tenantId] }),
  });
}
