/** The languages of what people read. */
export type Language = 'zh' | 'en';
