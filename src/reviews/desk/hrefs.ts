/** 复议诉讼的列表。 */
export const HOME = '/desk/reviews'
export const hrefOf = (caseId: string): string => `${HOME}/${caseId}`
export const hrefOfAnswer = (caseId: string, letterId: string): string => `${HOME}/${caseId}/answers/${letterId}`
export const hrefOfEvidence = (caseId: string): string => `${HOME}/${caseId}/evidence`
