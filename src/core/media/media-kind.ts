export type MediaKind = 'audio' | 'video';
