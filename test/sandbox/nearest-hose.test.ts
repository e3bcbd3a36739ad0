import { nearestOfPlatform } from '../support/nearest-suite.ts';

nearestOfPlatform('hose');
