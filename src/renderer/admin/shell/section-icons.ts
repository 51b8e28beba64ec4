import {
  Camera,
  ChartColumn,
  CreditCard,
  LayoutDashboard,
  ListChecks,
  MapPin,
  ScanText,
  Send,
  ServerCog,
  SlidersHorizontal,
  type LucideIcon,
} from 'lucide-react';
import type { Section } from './sections.ts';

export const SECTION_ICONS = {
  overview: LayoutDashboard,
  records: ListChecks,
  report: ChartColumn,
  documents: ScanText,
  scene: SlidersHorizontal,
  site: MapPin,
  reader: CreditCard,
  camera: Camera,
  verifier: ServerCog,
  outbox: Send,
} as const satisfies Record<Section, LucideIcon>;
