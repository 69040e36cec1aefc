/** A garden is a row of beds; each bed grows one kind of plant. */
import { rainfall } from './weather.js';

export interface Plant {
  readonly name: string;
  /** Litres of water that it needs in a week. */
  readonly thirst: number;
}

export interface Bed {
  readonly plant: Plant;
  readonly count: number;
}

export const tomato: Plant = { name: 'tomato', thirst: 9 };
export const lavender: Plant = { name: 'lavender', thirst: 1 };

/** Litres that a bed needs in a week, before the rain. */
export function thirstOf(bed: Bed): number {
  return bed.plant.thirst * bed.count;
}

/** Litres to carry this week: what the beds need and the rain did not bring. */
export function watering(beds: readonly Bed[], week: number): number {
  let litres = 0;
  for (const bed of beds) {
    litres += Math.max(0, thirstOf(bed) - rainfall(week));
  }
  return litres;
}
